"""Reading Odoo's logs: warnings nobody expects."""

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
