"""What conftest.py at the root makes of a test that skips itself or leaves an error in the log."""

import pytest

from tools import suite
from tools.common import ROOT
from tools.gates import run_all, stages

pytest_plugins = "pytester"


@pytest.mark.parametrize(
    ("body", "passed"),
    [
        ("assert True", 1),
        ("pytest.skip('not here')", 0),
        ("logging.getLogger('odoo.http').error('boom')", 0),
        ("logging.getLogger('odoo.http').warning('oh')", 1),
    ],
)
def test_skips_and_logged_errors_fail(pytester, body, passed):
    pytester.makeconftest((ROOT / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(f"import logging, pytest\ndef test_it():\n    {body}\n")
    pytester.runpytest_subprocess().assert_outcomes(passed=passed, failed=1 - passed)


TRIES = """
import unittest
from odoo.tests.common import ChromeBrowser

tries = []

class TestIt(unittest.TestCase):
    def test_it(self):
        tries.append(1)
        if {opens}:
            with self.assertRaises(AttributeError):
                ChromeBrowser(self)  # it has no such test
        assert len(tries) > {failures}, "oh"
"""


@pytest.mark.parametrize(
    ("options", "opens", "failures", "passed"),
    [
        (stages.SECOND_TRY, True, 1, 1),
        (stages.SECOND_TRY, True, 2, 0),
        (stages.SECOND_TRY, False, 1, 0),
        ([], True, 1, 0),
    ],
)
def test_a_browser_alone_has_a_second_try(pytester, options, opens, failures, passed):
    pytester.makeconftest((ROOT / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(TRIES.format(opens=opens, failures=failures))
    done = pytester.runpytest_subprocess("-p", "pytest_rerunfailures", *options)
    again = run_all.second_tries(done.stdout.str())
    outcomes = done.parseoutcomes()
    assert (outcomes.get("passed", 0), outcomes.get("failed", 0)) == (passed, 1 - passed)
    assert bool(again) == bool(outcomes.get("rerun")) == bool(options and opens)
    if again:
        assert again[0].startswith("RERUN ") and "AssertionError: oh" in again[1]


def test_only_what_a_database_holds_counts_as_a_change():
    before = "class A:\n    name = Char()\n    def _compute(self):\n        return 1\n"
    assert suite.outline(before) == suite.outline(before.replace("return 1", "return 2"))
    assert suite.outline(before) != suite.outline(before.replace("Char()", "Char(index=True)"))
    assert suite.outline(before) != suite.outline(before.replace("def _compute(self)", "def init(self)"))
