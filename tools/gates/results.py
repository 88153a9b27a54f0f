"""What a stage of bin/test answers, and how it is read from what tools wrote."""

import re
from typing import NamedTuple
from xml.etree import ElementTree

from tools.common import say

# what pre-commit says about a hook
HOOK = re.compile(r"^(?P<name>[\w-]+).*?\.{3,}.*?(?P<state>Passed|Failed|Skipped)$")


class Result(NamedTuple):
    """One gate, or one test, and what is wrong with it."""

    name: str
    findings: list


def hook_results(done):
    """Results of a run of bin/lint: one per hook, the lines below a failed one are its findings."""
    found, findings = [], []
    for line in done.stdout.splitlines():
        if match := HOOK.match(line):
            findings = [] if match["state"] == "Passed" else [line]
            found.append(Result(match["name"], findings))
        elif findings:
            findings.append(line)
    if done.returncode and not any(result.findings for result in found):
        lines = (done.stdout + done.stderr).strip().splitlines() or ["no output"]
        found.append(Result("lint", [f"exit code {done.returncode}: {lines[-1]}"]))
    return found


def junit_results(stage, report, done):
    """Results of a pytest run from its JUnit report."""
    try:
        cases = list(ElementTree.fromstring(report).iter("testcase"))
    except ElementTree.ParseError:
        cases = []
    lines = (done.stdout + done.stderr).strip().splitlines() or ["no output"]
    if not cases:
        return [Result(stage, [f"no test ran: {lines[-1]}"])]
    results = []
    for case in cases:
        bad = [
            f"{kind.tag}: {(kind.text or kind.get('message') or '').strip()[-2000:]}"
            for kind in case
            if kind.tag in ("failure", "error", "skipped")
        ]
        name = f"{case.get('classname', '').rpartition('.')[2]}.{case.get('name')}"
        results.append(Result(f"{stage} {re.sub(r'[^ -~]', '?', name)}", bad))
    for line in lines:
        if line.startswith("RERUN "):
            say(f"needed a second try: {line.removeprefix('RERUN ')}")
    if stage == "tests":
        times = [
            (float(case.get("time", 0)), f"{case.get('classname')}.{case.get('name')}") for case in cases
        ]
        say("the ten slowest tests, set-up included:")
        for seconds, name in sorted(times, reverse=True)[:10]:
            say(f"{seconds:6.1f} s  {name}")
    if done.returncode and not any(result.findings for result in results):
        results.append(Result(stage, [f"exit code {done.returncode}: {lines[-1]}"]))
    return results
