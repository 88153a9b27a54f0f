"""The stages that need databases, on an Odoo that only says what a seeded fault makes it say."""

import contextlib
from collections import Counter
from types import SimpleNamespace

import pytest

from tools import database, kept, served, suite
from tools.common import Refusal
from tools.gates import run_all, snapshot, stages, translations

STAMP = "2026-01-01 00:00:00,000 1"
WARNING = f"{STAMP} WARNING db odoo.fields: Field x.y: unknown parameter 'z'\n"
TRACEBACK = f"{STAMP} INFO db odoo: oh\nTraceback (most recent call last):\n  x\nValueError: boom\n"
LOW, HIGH = "outsourcing_low", "outsourcing_high"


@pytest.fixture
def odoo(tmp_path, monkeypatch):
    """Says ``said``, ends with ``code``; ``installed`` are the add-ons of every database."""
    monkeypatch.setattr(suite, "manifests", lambda: {LOW: {"depends": ["base"]}, HIGH: {"depends": [LOW]}})
    fake = SimpleNamespace(said="", code=0, installed={"base", *suite.folders()}, tests=0, databases=[])

    def run_odoo(_server, arguments, problem, log, source=""):
        (tmp_path / log).write_text(fake.said)
        if "uninstall" in arguments:
            fake.installed.discard(arguments[-1])
        if fake.code:
            raise Refusal(problem)

    def run_pytest(*_arguments):
        return {"args": ["sh", "-c", f"echo boom; exit {fake.tests}"]}

    def build(server, name, demo):
        fake.databases.append(name)
        run_odoo(server, [], "the demonstration could not be loaded", f"demo-building_{name}.log")

    monkeypatch.setenv("OUTSOURCING_TODAY", "")  # the stage of dates sets it
    monkeypatch.setattr(stages, "LOGS", tmp_path)
    monkeypatch.setattr(stages, "MODULES", [LOW, HIGH])
    monkeypatch.setattr(database, "run_odoo", run_odoo)
    monkeypatch.setattr(database, "exists", lambda _server, name: name in fake.databases)
    for name in ("clone", "copy", "drop"):
        monkeypatch.setattr(database, name, lambda *_arguments: None)
    monkeypatch.setattr(kept, "pytest", run_pytest)
    monkeypatch.setattr(stages.Database, "installed", lambda _database: fake.installed)
    monkeypatch.setattr(served, "build", build)
    monkeypatch.setattr(snapshot, "take", lambda *_arguments: Counter())
    monkeypatch.setattr(translations, "compare_fresh", lambda *_arguments: [])
    monkeypatch.setattr(stages, "lock", lambda _name: contextlib.nullcontext())
    return fake


ANY = stages.Database("any")
STAGES = {
    "core": lambda: stages.test_core(stages.core.__wrapped__()),
    "suite": lambda: stages.test_suite(stages.everything.__wrapped__(ANY)),
    "demo": lambda: stages.test_demo(stages.shown.__wrapped__()),
    "install": lambda: stages.test_install(HIGH),
    "update": lambda: stages.test_update(ANY),
    "uninstall": lambda: stages.test_uninstall(ANY, ANY),
    "dates": lambda: stages.test_dates(ANY, ANY, pytest.MonkeyPatch(), stages.DAYS[0]),
    "menus": lambda: stages.test_menus(ANY),
    "tests": lambda: stages.test_tests(ANY),
}


@pytest.mark.parametrize("name", STAGES)
def test_clean_stage_is_green(odoo, name):
    STAGES[name]()


@pytest.mark.parametrize("name", STAGES)
@pytest.mark.parametrize("said", [WARNING, TRACEBACK])
def test_what_a_clean_run_does_not_say_is_red(odoo, name, said):
    odoo.said = said
    with pytest.raises(AssertionError, match="unknown parameter|Traceback"):
        STAGES[name]()


@pytest.mark.parametrize("name", STAGES)
def test_an_end_with_an_error_is_red(odoo, name):
    odoo.code = 1
    with pytest.raises(Refusal):
        STAGES[name]()


@pytest.mark.parametrize("name", ["suite", "update", "install", "tests", "menus"])
def test_addon_that_is_not_installed_is_red(odoo, name):
    odoo.installed.clear()
    with pytest.raises(AssertionError):
        STAGES[name]()


@pytest.mark.parametrize("name", ["tests", "menus", "dates"])
def test_tests_that_fail_are_red(odoo, name):
    odoo.tests = 1
    with pytest.raises(AssertionError, match="boom"):
        STAGES[name]()


def test_core_tests_that_fail_are_red(odoo):
    stages.test_core_tests(ANY)
    odoo.tests = 1
    with pytest.raises(AssertionError, match="boom"):
        stages.test_core_tests(ANY)


def test_template_that_is_not_fresh_is_red(odoo, monkeypatch):
    monkeypatch.setattr(translations, "compare_fresh", lambda *_arguments: ["not exported since"])
    with pytest.raises(AssertionError, match="not exported since"):
        STAGES["install"]()


def test_addon_that_stays_is_red(odoo, monkeypatch):
    monkeypatch.setattr(stages.Database, "installed", lambda _database: {LOW})
    with pytest.raises(AssertionError):
        STAGES["uninstall"]()


def test_row_left_over_is_red(odoo, monkeypatch):
    taken = iter((Counter(), Counter({"ir_ui_menu rest": 1})))
    monkeypatch.setattr(snapshot, "take", lambda *_arguments: next(taken))
    with pytest.raises(AssertionError, match="left over: ir_ui_menu rest"):
        STAGES["uninstall"]()


def test_leftovers_are_found_both_ways():
    before, after = Counter(["table a", "menu b", "menu b"]), Counter(["table a", "menu b", "table rest"])
    assert snapshot.differences(before, before) == []
    assert snapshot.differences(before, after) == ["left over: table rest", "taken away: menu b"]


def test_shared_database_is_made_once(odoo):
    made = []

    def make(new):
        made.append(new.name)
        odoo.databases.append(new.name)

    assert stages.shared("x", make).name == stages.shared("x", make).name
    assert len(made) == 1


def test_half_made_database_does_not_stay(odoo, monkeypatch):
    dropped = []
    monkeypatch.setattr(database, "drop", lambda _server, name: dropped.append(name))
    with pytest.raises(ZeroDivisionError):
        stages.shared("x", lambda new: 1 / 0)
    assert dropped == [stages.Database("x").name]


REPORT = """<testsuite>
<testcase classname="x.TestX" name="a" time="2" />
<testcase classname="x.TestX" name="b" time="1">{}</testcase>
</testsuite>"""


@pytest.mark.parametrize("tag", ["failure", "error", "skipped"])
def test_every_test_is_counted(tmp_path, capsys, tag):
    report = tmp_path / "x.xml"
    report.write_text(REPORT.format(""))
    assert run_all.count([report]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 0 failed"
    report.write_text(REPORT.format(f"<{tag} />"))
    assert run_all.count([report]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == ["failed: x.TestX.b", "1 passed, 1 failed"]


def test_a_run_without_tests_is_a_failure(capsys):
    assert run_all.count([]) == 1


def test_stages_are_named_as_on_the_command_line():
    assert {"install", "core-tests", "self-tests", "lint"} <= set(run_all.stages())
    assert run_all.node("core-tests").endswith("stages.py::test_core_tests")
    assert run_all.node("install:x").endswith("stages.py::test_install[x]")
