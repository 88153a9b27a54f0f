"""The stages of bin/test, as tests for pytest: `bin/test NAME` is `test_name` here.

Databases that several stages look at are made once in a run and copied; what Odoo says while it works on one
is read behind it.
"""

import contextlib
import os
import re
import subprocess

import pytest

from tools import cluster, database, kept, lint, odoo_run, served, suite, system
from tools.common import ROOT, lock

from . import core_tests, snapshot, translations
from .run_all import LOGS, RUN

# what pytest runs for a stage is no worker of the pytest that runs the stages
os.environ.pop("PYTEST_XDIST_WORKER", None)
MODULES = suite.modules()
FAULT = re.compile(r" (WARNING|ERROR|CRITICAL) |^Traceback ")
GATES = "test_outsourcing_gates"
# they need the demonstration and its Chinese
SHOWN = "TestMenus or TestButtons or TestRows or TestWords or TestPapersInChinese or TestDemonstration"
# Of tests that drive a browser, says conftest.py; what failed at first is told.
SECOND_TRY = ["--reruns=1", "--rerun-show-tracebacks", "-rR"]
# Calendars go wrong on the first day of a year, four hundred days from the tests' own, on a leap day.
DAYS = ("2027-01-01", "2027-12-31", "2028-02-29")
# A test that names a year speaks of the tests' own day; a browser has a clock of its own.
BOUND = re.compile(r"20\d\d|HttpCase|start_tour|browser_js|_open_phone|PhoneCase")


class Database:
    """A database of this run, and what was said about it."""

    def __init__(self, what):
        self.server, self.what, self.name = cluster.current(), what, f"{RUN}_{what}"[:60]

    def odoo(self, step, *arguments):
        """Run Odoo to its end.

        :raise Refusal: it ended with an error
        """
        database.run_odoo(self.server, arguments, f"{self.what}: {step} failed", f"{step}-{self.name}.log")

    def install(self, *modules, option="-i"):
        """Install or update add-ons, and see that they are installed."""
        names = ",".join(modules)
        self.odoo(
            "install", "-d", self.name, option, names, "--no-http", "--stop-after-init", "--log-level=warn"
        )  # fmt: skip
        assert_none(f"not installed: {name}" for name in set(modules) - self.installed())

    def installed(self):
        return database.installed(self.server, self.name)

    def shell(self, script):
        """Feed a script of tools/shell to `odoo shell`; it knows our add-ons as MODULES."""
        problem = f"{self.what}: {script} failed"
        served.shell(self.server, self.name, script, problem, f"MODULES = {MODULES!r}\n")

    def pytest(self, *arguments):
        """Run tests on the database; bin/test counts them by their report."""
        report = f"--junitxml={LOGS / self.name}.xml"
        command = kept.pytest(self.server, self.name, report, *SECOND_TRY, *arguments)
        with open(LOGS / f"{self.name}.pytest.log", "w+", encoding="utf-8", errors="replace") as log:
            done = subprocess.run(**command, stdout=log, stderr=log, check=False, timeout=50 * 60)
            log.seek(0)
            assert not done.returncode, log.read()

    def assert_quiet(self):
        """Nothing was said about it that a clean run does not say."""
        found = []
        for path in sorted(LOGS.glob(f"*{self.name}.log")):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            found += [f"{path.name}: {line}" for line in lines if FAULT.search(line)]
        assert_none(found)

    @contextlib.contextmanager
    def copied(self, what):
        """A copy for one stage."""
        copy = Database(what)
        database.copy(self.server, self.name, copy.name)
        with contextlib.closing(copy):
            yield copy

    def close(self):
        database.drop(self.server, self.name)


def assert_none(findings):
    """Each finding is a line of what the stage says."""
    said = "\n".join(findings)
    assert not said, said


def shared(what, make):
    """A database that is made once: by the process that asks first, the others wait for it."""
    made = Database(what)
    with lock(made.name):
        if not database.exists(made.server, made.name):
            try:
                make(made)
            except BaseException:
                made.close()
                raise
    return made


@pytest.fixture(scope="session")
def core():
    """The core add-ons that ours stand on, none of ours: what an uninstallation has to come back to."""
    manifests = suite.manifests()
    needed = {name for manifest in manifests.values() for name in manifest["depends"]} - set(manifests)

    def make(new):
        database.clone(new.server, new.name)
        new.install(*sorted(needed))

    return shared("core", make)


@pytest.fixture(scope="session")
def everything(core):
    """All of ours at once."""

    def make(new):
        database.copy(core.server, core.name, new.name)
        new.install(*MODULES)

    return shared("suite", make)


@pytest.fixture(scope="session")
def chinese():
    """What bin/serve builds without the demonstration."""
    return shared("chinese", lambda new: served.build(new.server, new.name, demo=False))


@pytest.fixture(scope="session")
def shown():
    """What bin/serve builds, and every scheduled action once."""

    def make(new):
        served.build(new.server, new.name, demo=True)
        new.shell("crons")

    return shared("demo", make)


# -- long ones stand apart, because each of the two processes takes two tests at once


def test_tests(everything):
    """All tests of all add-ons in two processes, each on a database of its own."""
    with everything.copied("tests") as tested:
        tested.install(*set(suite.folders()) - set(MODULES))
        tested.shell("all_assets")
        folders = [str(path / "tests") for path in suite.folders().values()]
        # what is seen on the demonstration has a stage of its own
        tested.pytest(*folders, "-k", f"not ({SHOWN})", *kept.SHARED_OUT)
        tested.assert_quiet()


def test_update(everything):
    """`-u` of all of ours."""
    with everything.copied("update") as updated:
        updated.install(*MODULES, option="-u")
        updated.assert_quiet()


def test_menus(shown):
    """Menus, views, filters and buttons are used and their words read, on the demonstration."""
    with shown.copied("menus") as clicked:
        clicked.install(GATES)
        clicked.pytest(str(suite.folders()[GATES] / "tests"), "-k", SHOWN)
        clicked.assert_quiet()


def test_uninstall(core, everything):
    """Each add-on, those that others stand on last. Afterwards the database is what it was before."""
    with everything.copied("uninstall") as rest:
        for module in reversed(MODULES):
            rest.odoo(f"uninstall-{module}", "module", "uninstall", "-d", rest.name, module)
        rest.assert_quiet()
        assert_none(f"still installed: {name}" for name in rest.installed().intersection(MODULES))
        before, after = (snapshot.take(each.server, each.name) for each in (core, rest))
        assert_none(snapshot.differences(before, after))


@pytest.mark.parametrize("day", DAYS)
def test_dates(chinese, everything, monkeypatch, day):
    """The demonstration is loaded, and tests that name no year are read, at a year's end and the like."""
    monkeypatch.setenv("OUTSOURCING_TODAY", day)
    with chinese.copied(f"story-{day}") as told:
        told.shell("demo")
        # what is told of past quarters and the yearly award holds on any day
        told.pytest(str(suite.folders()[GATES] / "tests" / "test_demonstration_evaluation.py"))
        told.assert_quiet()
    paths = sorted(suite.ADDONS.glob("*/tests/test_*.py"))
    free = [str(path) for path in paths if not BOUND.search(path.read_text(encoding="utf-8"))]
    with everything.copied(f"dated-{day}") as dated:
        dated.pytest(*free[DAYS.index(day) :: len(DAYS)])  # each file on one of the days


def test_core_tests(everything):
    """Quick tests of Odoo's own with all of ours installed: the rest of Odoo behaves as before."""
    with everything.copied("core-tests") as tested:
        tested.pytest("--pyargs", *core_tests.CHOSEN)


@pytest.mark.parametrize("module", MODULES)
def test_install(module):
    """One add-on with only its dependencies, and its .pot against a fresh export from there."""
    with contextlib.closing(Database(module)) as alone:
        database.clone(alone.server, alone.name)
        alone.install(module)
        alone.assert_quiet()
        fresh = LOGS / f"{alone.name}.pot"  # that an add-on has no word of its own is said, and no fault
        alone.odoo("export", "i18n", "export", "-d", alone.name, "-l", "pot", "-o", str(fresh), module)
        assert_none(translations.compare_fresh(suite.ADDONS / module / "i18n", fresh))


def test_core(core):
    core.assert_quiet()


def test_suite(everything):
    everything.assert_quiet()


def test_demo(shown):
    shown.assert_quiet()


def test_self_tests():
    """The gates on seeded faults, and the tests of the tools."""
    system.unpack_nginx()
    folders = sorted(str(path) for path in (ROOT / "tools").rglob("tests") if path.is_dir())
    subprocess.run(
        [*odoo_run.python(), "-m", "pytest", "-o", "addopts=", "-q", "-p", "no:cacheprovider",
         f"--junitxml={LOGS / RUN}_self-tests.xml", *folders],
        cwd=ROOT, env=lint.environment() | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}, check=True,
    )  # fmt: skip


def test_lint():
    """Every hook of .pre-commit-config.yaml on every file."""
    subprocess.run([ROOT / "bin" / "lint", "--all"], cwd=ROOT, check=True)
