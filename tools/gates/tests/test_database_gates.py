# ruff: noqa: E501
"""The parts of the database stages that judge: logs, counts, leftovers, selection of stages."""

import subprocess

import pytest

from tools.common import Refusal
from tools.gates import logs, results, run_all, snapshot

STAMP = "2026-01-01 00:00:00,000 1"
GOOD = f"""{STAMP} INFO db odoo.addons.x.tests.test_x: Starting TestX.test_a ...
{STAMP} INFO db odoo.addons.x.tests.test_x: Starting TestX.test_b ...
{STAMP} INFO db odoo.tests.result: 0 failed, 0 error(s) of 2 tests when loading database 'db'
"""


def test_clean_log_has_nothing_unexpected():
    assert logs.unexpected(GOOD) == []


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_bad_line_is_found(level):
    assert logs.unexpected(f"{GOOD}{STAMP} {level} db odoo.fields: Field x.y: unknown parameter 'z'\n")


def test_traceback_is_found_whatever_its_level():
    said = f"{STAMP} INFO db odoo: oh\nTraceback (most recent call last):\n  x\nValueError: y\n"
    assert "ValueError: y" in logs.unexpected(said)[0]
    assert logs.unexpected("Traceback (most recent call last):\nImportError: x\n")


def test_every_allowed_line_has_a_reason():
    assert all(len(why) > 20 for _logger, _text, why in logs.ALLOWED)
    assert len(logs.ALLOWED) <= 5


def test_leftovers_are_found_both_ways():
    before = {kind: {"a"} for kind in snapshot.QUERIES}
    after = {kind: {"a"} for kind in snapshot.QUERIES}
    assert snapshot.differences(before, after) == []
    after["external id"] = {"a", "mail.selection__outsourcing_x__state__done"}
    assert snapshot.differences(before, after) == []
    after["external id"] = {"a"}
    after["table"] = {"a", "outsourcing_rest"}
    after["menu"] = set()
    assert snapshot.differences(before, after) == ["left over: table outsourcing_rest", "taken away: menu a"]


def test_failed_and_skipped_tests_are_findings():
    done = subprocess.CompletedProcess([], 0, "", "")
    report = (
        '<testsuites><testsuite><testcase name="a"/><testcase name="b"><failure message="no"/></testcase>'
        '<testcase name="c"><skipped message="not here"/></testcase></testsuite></testsuites>'
    )
    found = results.junit_results("tests", report, done)
    assert [bool(result.findings) for result in found] == [False, True, True]


def test_a_test_that_needed_a_second_try_is_told(capsys):
    report = '<testsuites><testsuite><testcase name="a"/></testsuite></testsuites>'
    done = subprocess.CompletedProcess([], 0, "RERUN test_x.py::TestX::test_a\n1 passed, 1 rerun", "")
    assert not results.junit_results("menus", report, done)[0].findings
    assert "second try: test_x.py::TestX::test_a" in "".join(capsys.readouterr())


@pytest.mark.parametrize("report", ["", "<testsuites/>"])
def test_a_run_without_tests_is_a_failure(report):
    assert results.junit_results("tests", report, subprocess.CompletedProcess([], 0, "", ""))[0].findings


def test_a_run_that_broke_off_is_a_failure():
    report = '<testsuites><testsuite><testcase name="a"/></testsuite></testsuites>'
    broken = subprocess.CompletedProcess([], 3, "internal error", "")
    assert results.junit_results("tests", report, broken)[-1].findings == ["exit code 3: internal error"]


def _stage(name, findings=(), after=()):
    return run_all.Stage(name, lambda: [results.Result(name, list(findings))], (), after)


def test_stages_run_after_what_they_need(capsys):
    results = run_all.run([_stage("late", ["bad"], ("early",)), _stage("early")], 2)
    assert [result.name for result in results] == ["early", "late"]
    assert "FAILED  late" in capsys.readouterr().out


def test_broken_or_empty_stage_is_a_failure(capsys):
    broken = run_all.Stage("broken", lambda: 1 / 0)
    empty = run_all.Stage("empty", lambda: [])
    refused = run_all.Stage("refused", _refuse)
    assert all(result.findings for result in run_all.run([broken, empty, refused], 2))


def _refuse():
    raise Refusal("no.")


def test_chosen_stages_bring_what_they_need():
    everything = [
        _stage("core"),
        _stage("suite", after=("core",)),
        _stage("install:x", after=("suite",)),
        _stage("lint"),
    ]
    assert [stage.name for stage in run_all.chosen(everything, ["install"])] == [
        "core",
        "suite",
        "install:x",
    ]
    with pytest.raises(Refusal):
        run_all.chosen(everything, ["nonsense"])
