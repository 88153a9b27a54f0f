# ruff: noqa: E501
"""The stages that need databases, on an Odoo that only says what a seeded fault makes it say."""

from pathlib import Path

import pytest

from tools import database, kept, served, suite
from tools.common import Refusal
from tools.gates import core_tests, results, snapshot, stages

STAMP = "2026-01-01 00:00:00,000 1"
WARNING = f"{STAMP} WARNING db odoo.fields: Field x.y: unknown parameter 'z'\n"
TRACEBACK = f"{STAMP} INFO db odoo: oh\nTraceback (most recent call last):\n  x\nValueError: boom\n"
LOW, HIGH = "outsourcing_low", "outsourcing_high"


class Server:
    """Answers the two questions the stages ask a database."""

    def __init__(self):
        self.left, self.without_demo = [], []

    def sql(self, query, _database):
        if "ir_model_data" in query:
            return self.left
        return [(name,) for name in self.without_demo]

    def databases(self):
        return []


class Scripted(stages.Stages):
    """Runs nothing: ``said`` and ``code`` are what Odoo answers, ``after`` what is installed then."""

    def __init__(self, tmp_path):
        self.server, self.prefix, self.logs = Server(), "gate0", tmp_path
        self.modules = [LOW, HIGH]
        self.said, self.code = "", 0
        self.after = dict.fromkeys(self.modules, "installed")

    def odoo(self, log, *arguments, source=""):
        if arguments[:2] == ("module", "uninstall") and self.after[arguments[-1]] == "installed":
            self.after[arguments[-1]] = "uninstalled"
        return self.code, self.said

    def states(self, _name):
        return dict(self.after)

    def _copy(self, source, target):
        pass

    def _compare_terms(self, what, module):
        return []


@pytest.fixture
def scripted(tmp_path, monkeypatch):
    manifests = {LOW: {"depends": ["base"]}, HIGH: {"depends": [LOW]}}
    monkeypatch.setattr(suite, "manifests", lambda: manifests)
    monkeypatch.setattr(database, "clone", lambda *_args, **_options: None)
    monkeypatch.setattr(database, "drop", lambda *_args, **_options: None)
    monkeypatch.setattr(database, "exists", lambda *_args: True)
    monkeypatch.setattr(snapshot, "take", lambda *_args: {kind: set() for kind in snapshot.QUERIES})
    monkeypatch.setattr(served, "build", lambda *_args, **_options: None)
    monkeypatch.setattr(stages, "test_addons", lambda: [])
    return Scripted(tmp_path)


def red(results):
    return [finding for result in results for finding in result.findings]


STAGES = {
    "install alone": lambda s: s.install_alone(HIGH),
    "core": lambda s: s.core(),
    "install all": lambda s: s.suite(),
    "update": lambda s: s.update(),
    "uninstall": lambda s: s.uninstall(),
    "demo": lambda s: s.demo(),
}


@pytest.mark.parametrize("name", STAGES)
def test_clean_stage_is_green(scripted, name):
    assert red(STAGES[name](scripted)) == []


@pytest.mark.parametrize("name", STAGES)
@pytest.mark.parametrize(("said", "why"), [(WARNING, "unknown parameter"), (TRACEBACK, "boom")])
def test_what_a_clean_run_does_not_say_is_red(scripted, name, said, why):
    scripted.said = said
    assert any(why in finding for finding in red(STAGES[name](scripted)))


@pytest.mark.parametrize("name", STAGES)
def test_exit_code_is_red(scripted, name):
    scripted.code = 1
    assert any("exit code 1" in finding for finding in red(STAGES[name](scripted)))


@pytest.mark.parametrize("name", ["install all", "update", "install alone"])
def test_addon_that_is_not_installed_is_red(scripted, name):
    scripted.after[HIGH] = "to install"
    assert f"{HIGH} is to install" in red(STAGES[name](scripted))


def test_addon_that_brings_another_is_red(scripted):
    found = red(scripted.install_alone(LOW))
    assert f"brought {HIGH} with it, which it does not depend on" in found


def test_addon_that_stays_is_red(scripted):
    scripted.after[HIGH] = "to remove"
    assert "is to remove" in red(scripted.uninstall())


def test_addon_that_leaves_another_half_removed_is_red(scripted):
    scripted.after = {LOW: "installed", HIGH: "to remove"}
    assert scripted._uninstall(LOW) == [f"took {HIGH} with it"]


def test_external_id_left_over_is_red(scripted):
    scripted.server.left = [("ir.ui.view", "rest")]
    assert any("left over: external id" in finding for finding in red(scripted.uninstall()))


def test_table_left_over_is_red(scripted, monkeypatch):
    taken = iter(({}, {"table": {"outsourcing_rest"}}))
    empty = {kind: set() for kind in snapshot.QUERIES}
    monkeypatch.setattr(snapshot, "take", lambda *_args: empty | next(taken))
    assert red(scripted.uninstall()) == ["left over: table outsourcing_rest"]


def test_demonstration_that_does_not_load_is_red(scripted, monkeypatch):
    def refuse(*_args, **_options):
        raise Refusal("the demonstration could not be loaded.")

    monkeypatch.setattr(served, "build", refuse)
    assert red(scripted.demo()) == ["the demonstration could not be loaded."]


def test_addon_without_demonstration_is_red(scripted):
    scripted.server.without_demo = [HIGH]
    assert f"no demonstration of {HIGH}" in red(scripted.demo())


def test_menus_without_a_demonstration_are_red(scripted, monkeypatch):
    monkeypatch.setattr(database, "exists", lambda *_args: False)
    assert red(scripted.menus())


def test_core_tests_that_fail_are_red(scripted, monkeypatch):
    monkeypatch.setattr(scripted, "_pytest", lambda stage, *chosen: [results.Result(chosen[0], ["boom"])])
    [result] = scripted.core_tests()
    assert result.findings == ["boom"]
    assert result.name.endswith("test_write_task_with_portal_user")


def test_core_test_that_odoo_does_not_have_is_refused(monkeypatch):
    monkeypatch.setitem(core_tests.CHOSEN, "portal", ("test_gone.py::TestGone",))
    with pytest.raises(Refusal, match="no portal/tests/test_gone.py::TestGone"):
        core_tests.arguments()


def test_menus_that_fail_are_red(scripted, monkeypatch):
    scripted.after[stages.MENUS] = "installed"
    monkeypatch.setattr(scripted, "install", lambda *_args, **_options: [])
    monkeypatch.setattr(scripted, "_pytest", lambda stage, *_args: [results.Result(stage, ["boom"])])
    monkeypatch.setattr(kept, "folders", lambda: {stages.MENUS: Path("gates")})
    assert red(scripted.menus()) == ["boom"]
