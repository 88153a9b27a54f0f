"""Fill a scratch database like a mid-size company; time it, each measure against core's in the same run."""

import json
import os
import tempfile

from . import bench_portal, cluster, database, odoo_run, serve
from .common import ROOT, Refusal, say, stage, user_directory

NAME = "bench_scale"
# what is done -> the script of tools/shell that does it, after scale_common
FILL = ("filling the company", "scale_fill")
HISTORY = ("filling its history", "scale_history")
SCREENS = ("timing screens and schedules", "scale_time")
PIVOTS = ("timing pivots and searches", "scale_read")
WORK = ("timing documents in bulk", "scale_work")


def measure(scale, repeat, keep=False):
    """Build the scratch database, fill it, time it; then once more with ``scale`` times its closed history.

    :param int scale: 1, or how many times the history the second round has
    :param bool keep: keep the filled database, and use the one that was kept before
    :return: list of dicts ``name``, ``unit``, ``ours``, ``core`` (None where nothing of core is compared),
        ``ratio`` and ``limit``
    """
    os.environ["ODOO_CLUSTER"] = "test"
    server = cluster.current().start()
    try:
        if not (keep and _is_filled(server)):
            with stage("building the scratch database"):
                database.clone(server, NAME, force=True)
                serve.install_suite(server, NAME, demo=False)
            _run(server, FILL, repeat)
            _run(server, HISTORY, repeat, times=1)
        results = _run(server, SCREENS, repeat) + _run(server, PIVOTS, repeat)
        with stage("timing visitors of the portal"):
            results += bench_portal.measure(server, NAME)
        results += _run(server, WORK, repeat)
        if scale > 1:
            _run(server, HISTORY, repeat, times=scale - 1)
            grown = _run(server, SCREENS, repeat) + _run(server, PIVOTS, repeat)
            results += _compare_growth(results, grown, scale)
        return results
    finally:
        if not keep or scale > 1:
            database.drop(server, NAME)


def _is_filled(server):
    kept = server.sql(f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'")
    return bool(kept and server.sql("SELECT 1 FROM pg_tables WHERE tablename = 'bench_key'", NAME))


def _run(server, step, repeat, times=1):
    folder = user_directory(odoo_run.STATE / "gates")
    with tempfile.NamedTemporaryFile("w", suffix=".json", dir=folder, delete=False) as handle:
        handle.write("[]")
        report = handle.name
    os.chmod(report, 0o666)
    settings = {"TIMES": times, "REPEAT": repeat, "REPORT": report}
    common = (ROOT / "tools" / "shell" / "scale_common.py").read_text()
    prefix = "".join(f"{name} = {value!r}\n" for name, value in settings.items()) + common + "\n"
    try:
        with stage(step[0]):
            serve.shell(server, NAME, step[1], "the measurement broke off", prefix)
        with open(report) as handle:
            return json.load(handle)
    finally:
        os.unlink(report)


def _compare_growth(before, after, scale):
    """Return the rows of ``after`` against those of the same name before: nothing may take twice as long."""
    former = {row["name"]: row for row in before}
    rows = []
    for row in after:
        # below some milliseconds it is the machine that is measured
        was = max(former[row["name"]]["ours"], 5.0)
        rows.append(
            {
                **row,
                "name": f"{row['name']}, history x{scale}",
                "core": was,
                "ratio": row["ours"] / was,
                "limit": 2.0,
            }
        )
    return rows


def tell(results):
    """Print the table; refuse when something is slower than it may be."""
    for row in results:
        core = f"{row['core']:>9.1f}" if row["core"] is not None else " " * 9
        mark = "  <-- slow" if row["ratio"] > row["limit"] else ""
        print(
            f"{row['name']:<58} ours {row['ours']:>9.1f} {row['unit']:<7} core {core}"
            f"   ratio {row['ratio']:>5.2f}   limit {row['limit']:.2f}{mark}"
        )
    slow = [row["name"] for row in results if row["ratio"] > row["limit"]]
    if slow:
        raise Refusal(f"slower than allowed: {', '.join(slow)}.")
    say(f"{len(results)} measurements within their limits ({ROOT.name})")
