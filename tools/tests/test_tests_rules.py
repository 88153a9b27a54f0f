"""What conftest.py at the root makes of a test that skips itself or leaves an error in the log."""

import pytest

from tools import suite
from tools.common import ROOT

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


def test_only_what_a_database_holds_counts_as_a_change():
    before = "class A:\n    name = Char()\n    def _compute(self):\n        return 1\n"
    assert suite.outline(before) == suite.outline(before.replace("return 1", "return 2"))
    assert suite.outline(before) != suite.outline(before.replace("Char()", "Char(index=True)"))
    assert suite.outline(before) != suite.outline(before.replace("def _compute(self)", "def init(self)"))
