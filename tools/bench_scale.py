"""Fill a scratch database like a mid-size company; time it, each measure against core's in the same run."""

import json
import os
import tempfile

from . import bench_portal, cluster, database, served, suite
from .common import ROOT, Refusal, say, stage

NAME, GROWN = "bench_scale", "bench_scale_grown"
REPEAT = 10
# what is done -> the script of tools/shell that does it, after scale_common
FILL = ("filling the company", "scale_fill")
HISTORY = ("filling its history", "scale_history")
PHOTOS = ("sealing its photos", "scale_photos")
COMPLAINTS = ("filling its complaints", "scale_complaints")
NOTICE = ("publishing a tender", "scale_notice")
STEPS = (FILL, HISTORY, PHOTOS, COMPLAINTS, NOTICE)
# what is timed: name on the command line -> steps, of which those in GROWING are timed again at ten times
MEASURES = {
    "screens": ("timing screens", "scale_time"),
    "pivots": ("timing pivots and searches", "scale_read"),
    "jobs": ("timing schedules", "scale_jobs"),
    "documents": ("timing documents in bulk", "scale_work"),
    "site": ("timing inspections, acceptances and orders in bulk", "scale_site"),
    "papers": ("timing evidence, workbooks and imports", "scale_papers"),
    "evaluations": ("timing the quarter of the contractors and a survey", "scale_evaluations"),
    "tenders": ("timing openings and rankings", "scale_tenders"),
}
GROWING = ("screens", "pivots", "jobs")
PORTAL = "portal"
CHOICES = (*MEASURES, PORTAL)


def measure(scale=1, keep=False, part=1, only=()):
    """Build the scratch database, fill it, time it; then once more with ``scale`` times its closed history.

    :param int scale: 1, or how many times the history the second round has
    :param bool keep: keep the filled database, and use the one that was kept before
    :param int part: fill one of so many contracts, orders, inspections only
    :param only: names of :data:`CHOICES`; all by default
    :return: list of dicts ``name``, ``unit``, ``ours``, ``core`` (None where nothing of core is compared),
        ``ratio`` and ``limit``
    """
    os.environ["ODOO_CLUSTER"] = "test"
    server = cluster.current().start()
    chosen = [name for name in CHOICES if not only or name in only]
    settings = {"REPEAT": REPEAT, "PART": part, "TIMES": 1}
    try:
        _prepare(server, settings, keep)
        results = _time(server, NAME, chosen, settings)
        if scale > 1:
            results += _grow(server, results, [name for name in chosen if name in GROWING], settings, scale)
        return results
    finally:
        if not keep:
            database.drop(server, NAME)


def _grow(server, results, chosen, settings, scale):
    """Time a copy of the company with ``scale`` times its closed history against ``results``."""
    try:
        with stage("copying the company"):
            database.copy(server, NAME, GROWN)
        _run(server, GROWN, HISTORY, {**settings, "TIMES": scale - 1})
        return _compare_growth(results, _time(server, GROWN, chosen, settings), scale)
    finally:
        database.drop(server, GROWN)


def _prepare(server, settings, keep):
    """Have the filled company, with the add-ons as they are now."""
    notes = {"modules": suite.fingerprints(), "part": settings["PART"]}
    done = _find_kept(server, notes) if keep else []
    if not done:
        database.drop(server, NAME)
        with stage("building the scratch database"):
            database.clone(server, NAME)
            database.bring_up(server, NAME, {}, notes["modules"])
    for step in STEPS:
        if step[1] not in done:
            _run(server, NAME, step, settings)
    notes["filled"] = [script for _what, script in STEPS]
    database.notes_path(NAME).write_text(json.dumps(notes))


def _find_kept(server, notes):
    """Return the scripts that filled the company that was kept, if it is of the same size.

    It now has the add-ons as they are. None: it has to be filled anew, and what for is said.
    """
    known = database.notes(server, NAME)
    if not known or known["part"] != notes["part"]:
        return []
    if "filled" not in known:
        say("the kept company is filled anew: it does not say by which scripts it was filled.")
        return []
    try:
        database.bring_up(server, NAME, known["modules"], notes["modules"])
    except Refusal as refusal:
        say(f"the kept company is filled anew: {refusal}")
        return []
    return known["filled"]


def _time(server, name, chosen, settings):
    results = []
    for choice in chosen:
        if choice == PORTAL:
            with stage("timing visitors of the portal"):
                results += bench_portal.measure(server, name)
        else:
            results += _run(server, name, MEASURES[choice], settings)
    return results


def _run(server, name, step, settings):
    """Run a script in the database ``name``; return the rows it reports."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as handle:
        handle.write("[]")
        report = handle.name
    common = (ROOT / "tools" / "shell" / "scale_common.py").read_text()
    told = {**settings, "REPORT": report}
    prefix = "".join(f"{key} = {value!r}\n" for key, value in told.items()) + common + "\n"
    try:
        with stage(step[0]):
            served.shell(server, name, step[1], "the measurement broke off", prefix)
        with open(report) as handle:
            return json.load(handle)
    finally:
        os.unlink(report)


def _compare_growth(before, after, scale):
    """Return the rows of ``after`` against those of the same name before: nothing may take twice as long.

    What shows the closed history itself may take as much more as core takes for its own.
    """
    former = {row["name"]: row for row in before}
    rows = []
    for row in after:
        # below some milliseconds it is the machine that is measured
        was = max(former[row["name"]]["ours"], 5.0)
        grown = row["core"] / former[row["name"]]["core"] if row.get("reads_all") else 1.0
        rows.append(
            {
                **row,
                "name": f"{row['name']}, history x{scale}",
                "core": was,
                "ratio": row["ours"] / was,
                "limit": 2.0 * max(grown, 1.0),
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
