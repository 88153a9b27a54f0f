"""A phone in bad hands: work interrupted at random moments, forms sent many times at once; each kept once.

Every point does one job of the portal (a log with three photos, a checklist with three photos, the steps of
a work order, a signature, a site variation, a new document) in Chromium, and interrupts it: no signal, tab
closed, battery empty, page loaded again, server killed, session over. Then it goes on as a person would and
looks at the record.
"""

import argparse
import json
import os
import tempfile

from . import cluster, database, odoo_run, process, served, suite
from .common import ROOT, STATE, Refusal, say, stage

NAME, PORT = "phone_trial", 8119
JOBS = 6


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/phone-trial", description=__doc__.split("\n\n")[0])
    parser.add_argument("--points", type=int, default=200, help="interruptions (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="the same number, the same moments")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--no-posts", action="store_true", help="leave out the 1,000 parallel posts")
    parser.add_argument("--keep", action="store_true", help="leave the database, to look at it")
    options = parser.parse_args(arguments)
    if not process.port_free(options.port):
        raise Refusal(f"port {options.port} is taken by another program: choose another one with --port.")
    os.environ["ODOO_CLUSTER"] = "test"
    server = cluster.current().start()
    try:
        with stage("building the scratch database"):
            database.clone(server, NAME)
            database.bring_up(server, NAME, {}, suite.fingerprints())
        settings = f"COUNT = {JOBS * -(-options.points // JOBS**2)}\n"  # as many jobs as ways to interrupt
        with stage("drawing up documents"):
            served.shell(server, NAME, "phone_fill", "the documents could not be drawn up", settings)
        return tell(_drive(server, options))
    finally:
        if not options.keep:
            database.drop(server, NAME)


def _drive(server, options):
    """Run the trial in Odoo's Python; return what it reports."""
    handle, report = tempfile.mkstemp(suffix=".json")
    os.close(handle)
    log = STATE / "log" / "phone_server.log"
    told = {
        "ROOT": str(ROOT),
        "LAUNCHER": str(odoo_run.LAUNCHER),
        "LOG": str(log),
        "REPORT": report,
        "PORT": options.port,
        "POINTS": options.points,
        "SEED": options.seed,
        "POSTS": not options.no_posts,
    }
    prefix = "".join(f"{key} = {value!r}\n" for key, value in told.items())
    try:
        with stage(f"interrupting {options.points} times (see {STATE / 'log' / f'phone_trial-{NAME}.log'})"):
            served.shell(server, NAME, "phone_trial", "the trial broke off", prefix)
        with open(report, encoding="utf-8") as file:
            return json.load(file)
    finally:
        os.unlink(report)


def tell(found):
    """Print a line for each job and way to interrupt it; refuse when something was lost or doubled."""
    for job in dict.fromkeys(row["job"] for row in found["points"]):
        rows = [row for row in found["points"] if row["job"] == job]
        whole = sum(not row["faults"] for row in rows)
        seconds = sorted(row["seconds"] for row in rows)[len(rows) // 2]
        print(f"{job:<12} {len(rows):>4} interrupted   {whole:>4} whole   median {seconds:5.1f} s")
    wrong = [f"parallel posts: {fault}" for fault in found["posts"]]
    wrong += [
        f"{row['job']}, {row['way']}: {fault}" for row in found["points"] for fault in row["faults"][:1]
    ]
    for fault in wrong:
        print(f"  {fault}")
    if wrong:
        raise Refusal(f"{len(wrong)} times something was lost or doubled.")
    say("nothing was lost, nothing was doubled")
    return 0
