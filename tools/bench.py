"""Fill a scratch database like a mid-size company and time it against core, each figure with its limit."""

import argparse

from . import bench_scale


def main(arguments):
    """Measure and print the table; what is slower than allowed is refused."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    add = parser.add_argument
    add(
        "--scale",
        type=int,
        nargs="?",
        const=1,
        default=1,
        metavar="N",
        help="then N times its closed history",
    )
    add("--keep", action="store_true", help="keep the filled database, and use the one kept before")
    add("--part", type=int, default=1, metavar="N", help="fill one contract, order, inspection of N only")
    add("--only", nargs="+", choices=bench_scale.CHOICES, default=(), help="time these only")
    bench_scale.tell(bench_scale.measure(**vars(parser.parse_args(arguments))))
