"""Time boards, clocks and saves at scale, each against the same thing of core, in a scratch database."""

import json
import os
import tempfile

from . import cluster, database, odoo_run, serve
from .common import ROOT, Refusal, say, stage, user_directory

NAME = "bench_scale"


def measure(contracts, orders, repeat):
    """Build the scratch database, fill it, time it.

    :return: list of dicts ``name``, ``ours_ms``, ``core_ms``, ``ratio``, ``limit`` (``core_ms`` None and the
        ratio in queries where a count of queries is compared)
    """
    os.environ["ODOO_CLUSTER"] = "test"
    server = cluster.current().start()
    try:
        with stage("building the scratch database"):
            database.clone(server, NAME, force=True)
            serve.install_suite(server, NAME, demo=False)
        return _run(server, contracts, orders, repeat)
    finally:
        database.drop(server, NAME)


def _run(server, contracts, orders, repeat):
    folder = user_directory(odoo_run.STATE / "gates")
    with tempfile.NamedTemporaryFile("w", suffix=".json", dir=folder, delete=False) as handle:
        report = handle.name
    os.chmod(report, 0o666)
    settings = {"CONTRACTS": contracts, "ORDERS": orders, "REPEAT": repeat, "REPORT": report}
    prefix = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
    try:
        for script in ("scale_fill", "scale_time"):
            with stage({"scale_fill": "filling it", "scale_time": "timing"}[script]):
                serve.shell(server, NAME, script, "the measurement broke off", prefix)
        with open(report) as handle:
            return json.load(handle)
    finally:
        os.unlink(report)


def tell(results):
    """Print the table; refuse when something is slower than it may be."""
    for row in results:
        core = f"{row['core']:>9.1f}" if row["core"] is not None else " " * 9
        print(
            f"{row['name']:<48} ours {row['ours']:>9.1f} {row['unit']:<7} core {core}"
            f"   ratio {row['ratio']:>5.2f}   limit {row['limit']:.2f}"
        )
    slow = [row["name"] for row in results if row["ratio"] > row["limit"]]
    if slow:
        raise Refusal(f"slower than allowed: {', '.join(slow)}.")
    say(f"{len(results)} measurements within their limits ({ROOT.name})")
