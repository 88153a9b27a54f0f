"""The days on which calendars go wrong: the demonstration is loaded on them, and tests are read on them."""

import re

from tools import suite

# the first day of a year, four hundred days from the tests' own, a leap day
DAYS = ("2027-01-01", "2027-12-31", "2028-02-29")
VARIABLE = "OUTSOURCING_TODAY"
# A test that names a year speaks of the tests' own day; a browser has a clock of its own.
BOUND = re.compile(r"20\d\d|HttpCase|start_tour|browser_js|_open_phone|PhoneCase")


def share(day):
    """Paths of the test files of our add-ons that are read on ``day``: each file on one of the days."""
    paths = sorted(suite.ADDONS.glob("*/tests/test_*.py"))
    free = [str(path) for path in paths if not BOUND.search(path.read_text(encoding="utf-8"))]
    return free[DAYS.index(day) :: len(DAYS)]
