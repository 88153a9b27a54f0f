"""Time what people wait for, on the running server: medians of page and list reads."""

import argparse
import json
import statistics
import time
import urllib.error

from . import bench_scale, process
from .bench_portal import Session
from .common import Refusal
from .entry import entry
from .serve import DEFAULT_PORT

# Name, and what is timed given a signed-in session. Add a line per route that people wait for.
MEASURES = {
    "page: sign-in": lambda session: session.get("/web/login"),
    "page: portal home": lambda session: session.get("/my"),
    "list: purchase orders": lambda session: session.search_read("purchase.order", ["name", "state"]),
    "list: tasks": lambda session: session.search_read("project.task", ["name", "project_id", "state"]),
}


def measure(work, session, repeat):
    """Median and worst of some runs in milliseconds, after one run that fills caches."""
    work(session)
    times = []
    for _run in range(repeat):
        start = time.perf_counter()
        work(session)
        times.append((time.perf_counter() - start) * 1000)
    return {"median_ms": round(statistics.median(times), 1), "worst_ms": round(max(times), 1)}


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--login", default="admin")
    parser.add_argument("--password", help="default: the login")
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--scale",
        type=int,
        nargs="?",
        const=1,
        metavar="N",
        help="fill a scratch database like a mid-size company and time it against core; then with N times "
        "its closed history",
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help="with --scale: keep the filled database, and use the one kept before",
    )
    parser.add_argument(
        "--part",
        type=int,
        default=1,
        metavar="N",
        help="with --scale: fill one contract, order, inspection of N only; its figures say less",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=bench_scale.CHOICES,
        default=(),
        help="with --scale: time these only",
    )
    options = parser.parse_args(arguments)
    if options.scale:
        results = bench_scale.measure(options.scale, options.repeat, options.keep, options.part, options.only)
        print(json.dumps(results, indent=1)) if options.json else bench_scale.tell(results)
        return 0
    record = process.running(options.port)
    if not record:
        raise Refusal(f"nothing of ours runs on port {options.port}: start it with bin/serve.")
    session = Session(
        f"http://127.0.0.1:{options.port}",
        record["database"],
        options.login,
        options.password or options.login,
    )
    results = {}
    for name, work in MEASURES.items():
        try:
            results[name] = measure(work, session, options.repeat)
        except urllib.error.HTTPError as error:
            raise Refusal(f"{name}: the server answered {error.code}.") from error
    if options.json:
        print(json.dumps(results, indent=1))
    else:
        for name, result in results.items():
            print(f"{name:<32} median {result['median_ms']:>8.1f} ms   worst {result['worst_ms']:>8.1f} ms")
    return 0


if __name__ == "__main__":
    entry(main)
