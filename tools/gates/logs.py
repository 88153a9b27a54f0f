"""Reading Odoo's logs: warnings nobody expects, and what the tests did."""

import ast
import re
from typing import NamedTuple

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>[\w.?]+): (?P<text>.*)$"
)
BAD = ("WARNING", "ERROR", "CRITICAL")
# Expected lines: logger, text, and why each is no fault of ours. Keep it short.
ALLOWED = ()


class Entry(NamedTuple):
    """One entry of a log; the text has all its lines."""

    level: str
    logger: str
    text: str


def entries(log):
    """The entries of a log. What stands before the first one, or was printed, is an entry of level PRINT."""
    found = []
    for line in log.splitlines():
        match = LINE.match(line)
        if match:
            found.append([match["level"], match["logger"], [match["text"]]])
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            found.append(["PRINT", "", [line]])
    return [Entry(level, logger, "\n".join(text)) for level, logger, text in found]


def unexpected(log, levels=BAD):
    """Texts of the entries that a clean run does not have."""
    found = []
    for entry in entries(log):
        bad = entry.level in levels or "Traceback (most recent call last)" in entry.text
        if bad and not any(
            entry.logger == logger and re.search(text, entry.text) for logger, text, _why in ALLOWED
        ):
            lines = entry.text.strip().splitlines()
            last = f" ... {lines[-1].strip()}" if len(lines) > 1 else ""
            found.append(f"{entry.level} {entry.logger}: {lines[0]}{last}"[:600])
    return found


class Outcome(NamedTuple):
    """What a test run did: names of the tests that ran, and texts of what went wrong."""

    ran: list
    failed: dict
    problems: list


def outcome(log):
    """Read a log of Odoo's own test runner.

    A skip, an error in the log outside of a failing test, a missing summary and an empty run are problems.
    """
    ran, failed, problems, summary = [], {}, [], None
    for entry in entries(log):
        if match := re.match(r"Starting (\S+) \.\.\.", entry.text):
            ran.append(match[1])
        elif match := re.match(r"skipped (\S+) : (.*)", entry.text):
            problems.append(f"skipped: {match[1]} ({match[2]})")
        elif match := re.match(r"(FAIL|ERROR): (?:Subtest )?(\S+)(.*)", entry.text):
            failed.setdefault(match[2], entry.text.strip())
        elif match := re.match(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests", entry.text):
            summary = tuple(map(int, match.groups()))
        elif entry.level in ("ERROR", "CRITICAL"):
            problems += [
                f"in the log: {text}" for text in unexpected(entry_line(entry), ("ERROR", "CRITICAL"))
            ]
    # What the browser says while its test fails is told with the test.
    problems = [text for text in problems if not any(f".{test}.browser: " in text for test in failed)]
    if summary is None:
        problems.append("the run did not come to its end")
    elif not ran or not summary[2]:
        problems.append("no test ran")
    elif summary[2] != len(ran):
        problems.append(f"{summary[2]} tests are reported and {len(ran)} started")
    elif summary[0] + summary[1] and not failed:
        problems.append(f"{summary[0] + summary[1]} failures are reported and none is in the log")
    return Outcome(ran, failed, problems)


def entry_line(entry):
    """The entry as it stood in the log."""
    return f"2000-01-01 00:00:00,000 1 {entry.level} - {entry.logger or '?'}: {entry.text}"


def written_tests(folder):
    """Class.method of every test in a tests folder, as the sources have them.

    A class that others inherit from and that carries no tag of its own lends its tests and does not run them.
    """
    classes, inherited = [], set()
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                inherited |= {ast.unparse(base).rpartition(".")[2] for base in node.bases}
                if path.name.startswith("test_"):
                    classes.append(node)
    return {
        f"{node.name}.{item.name}"
        for node in classes
        if node.decorator_list or node.name not in inherited
        for item in node.body
        if isinstance(item, ast.FunctionDef) and item.name.startswith("test_")
    }
