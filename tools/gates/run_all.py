"""Everything that has to pass: lint, seeded faults, installations, demonstration, tests; then one summary.

`bin/test` runs all stages, `bin/test STAGE...` some. `bin/test ADDON`, `ADDON:Class` or `ADDON:Class.test`
runs tests alone, on a database that is kept and only updated where the sources changed.
"""

import argparse
import contextlib
import os
import re
import signal
import subprocess
from pathlib import Path
from xml.etree import ElementTree

from tools import cluster, database, kept, suite, system, venv
from tools.common import ROOT, STATE, Refusal, digest, lock

STAGES = Path(__file__).with_name("stages.py")
# what databases and logs of this checkout's run begin with
RUN = f"gate_{digest(ROOT)[:8]}"
LOGS = STATE / "log"
MINUTES = 80
PYTEST = [
    "-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:odoo", "--noconftest", "-v",
    "--tb=short", "--durations=0", "--durations-min=1", "-n2", "--maxschedchunk=1",
]  # fmt: skip


def stages():
    """Names of the stages."""
    found = re.findall(r"(?m)^def test_(\w+)", STAGES.read_text(encoding="utf-8"))
    return [name.replace("_", "-") for name in found]


def node(name):
    """What pytest calls a stage, or one of its parts: install:property_outsourcing."""
    stage, _colon, part = name.partition(":")
    return f"{STAGES}::test_{stage.replace('-', '_')}" + (f"[{part}]" if part else "")


def clean(server):
    """Drop the databases of a run; its logs stay until the next one begins."""
    for name in server.databases():
        if RUN in name:
            database.drop(server, name)


def run(*arguments):
    """Run pytest on the stages, in a group of its own: however it ends, nothing of it runs on.

    :return: its exit code
    """
    process = subprocess.Popen([venv.program(), *PYTEST, *arguments], cwd=ROOT, start_new_session=True)
    try:
        return process.wait(MINUTES * 60)
    except subprocess.TimeoutExpired:
        raise Refusal(f"the stages took longer than {MINUTES} minutes.") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def second_tries(said):
    """The tests that pytest has asked a second time, each with what failed at first.

    :return: lines
    """
    told = said.partition(" rerun test summary info ")[2]
    return [line for line in told.splitlines() if line.startswith(("RERUN ", "E  "))]


def count(reports):
    """Tell which tests of the reports failed and which took long.

    :return: an exit code
    """
    cases = [case for report in reports for case in ElementTree.parse(report).iter("testcase")]
    tests = [case for case in cases if case.get("classname") != "tools.gates.stages"]
    failed = [case for case in cases if {part.tag for part in case} & {"failure", "error", "skipped"}]
    for case in sorted(tests, key=lambda case: -float(case.get("time")))[:10]:
        print(f"slow: {case.get('time')} s  {_name(case)}")
    for case in failed:
        print(f"failed: {_name(case)}")
    print(f"{len(cases) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed or not cases else 0


def _name(case):
    return f"{case.get('classname')}.{case.get('name')}"


def main(arguments):
    """Set up, run, count."""
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__.split("\n\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a stage, or tests of an add-on")
    parser.add_argument("--list", action="store_true", help="list the stages")
    options = parser.parse_args(arguments)
    if options.list:
        print(*stages(), sep="\n")
        return 0
    os.environ["ODOO_CLUSTER"] = "test"
    system.require_browser()
    if options.names and all(name.partition(":")[0] in suite.folders() for name in options.names):
        return kept.run_pytest(kept.chosen(options.names))
    for name in options.names:
        if name.partition(":")[0] not in stages():
            parser.error(f"there is no stage and no add-on {name}: see --list")
    with lock(RUN):
        server = cluster.current().start()
        clean(server)
        for path in LOGS.glob(f"*{RUN}*"):
            path.unlink()
        chosen = [node(name) for name in options.names] or [str(STAGES)]
        report = LOGS / f"{RUN}.xml"
        try:
            code = run(f"--junitxml={report}", *chosen)
        finally:
            clean(server)
    if not report.is_file():
        raise Refusal(f"the run broke off with {code}: nothing is proved.")
    for path in sorted(LOGS.glob(f"{RUN}*.pytest.log")):
        again = second_tries(path.read_text(encoding="utf-8", errors="replace"))
        print(*(f"second try: {line}" for line in again), sep="\n", end="\n" if again else "")
    return count(sorted(LOGS.glob(f"{RUN}*.xml"))) or code
