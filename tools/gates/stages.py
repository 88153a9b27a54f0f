"""The stages of bin/test that need databases. Each answers with results; the runner counts them."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools import database, kept, lint, odoo_run, served, suite, system
from tools.common import ROOT, STATE, Refusal, as_user, user_directory

from . import core_tests, dates, logs, snapshot
from .results import Result, hook_results, junit_results
from .runs import MINUTES, Runs

MENUS = "test_outsourcing_gates"
# they need the demonstration and its Chinese
SHOWN = "TestMenus or TestButtons or TestRows or TestWords or TestPapersInChinese or TestDemonstration"

# A browser that waited in vain is asked once more, because it shares its processor with all the rest.
SECOND_TRY = ["--reruns=1", "--only-rerun=did not come true|Script timeout exceeded|FAILED: \\[", "-rR"]


def test_addons():
    """Names of the add-ons that only test."""
    return sorted(path.parent.name for path in (ROOT / "tests").glob("*/__manifest__.py"))


class Stages(Runs):
    """What bin/test does to its databases, a method for each stage."""

    def install_alone(self, module):
        """One add-on with only its dependencies, and its .pot against a fresh export from there."""
        what = f"alone_{module}"
        database.clone(self.server, self.name(what), force=True)
        try:
            found = self.install(what, [module], f"install-{module}")
            wanted = self._needed(module)
            others = [
                name
                for name, state in self.states(what).items()
                if state == "installed" and name in self.modules and name not in wanted
            ]
            found += [f"brought {name} with it, which it does not depend on" for name in sorted(others)]
            results = [Result(f"install:{module}", found)]
            if not found:
                results.append(Result(f"pot:{module}", self._compare_terms(what, module)))
            else:
                results.append(Result(f"pot:{module}", ["the add-on does not install cleanly"]))
            return results
        finally:
            self.drop(what)

    def _needed(self, module):
        """Our add-ons that this one stands on, itself included; those that install themselves count."""
        manifests = suite.manifests()
        needed, waiting = set(), [module]
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed.add(name)
                waiting += [other for other in manifests[name].get("depends", ()) if other in manifests]
        return needed | {name for name, manifest in manifests.items() if manifest.get("auto_install")}

    def _compare_terms(self, what, module):
        from . import translations  # stands on a library that only the environment has

        folder = Path(tempfile.mkdtemp(prefix="terms-", dir=user_directory(STATE / "gates")))
        try:
            folder.chmod(0o777)
            fresh = folder / f"{module}.pot"
            export = ["i18n", "export", "-d", self.name(what), "-l", "pot", "-o", str(fresh), module]
            code, said = self.odoo(f"export-{module}", *export)
            if code or not fresh.is_file():
                return [f"the export failed: {said.strip().splitlines()[-1] if said.strip() else code}"]
            return translations.compare_fresh(suite.ADDONS / module / "i18n", fresh)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def core(self):
        """The core add-ons that ours stand on, none of ours: what an uninstallation has to come back to."""
        manifests = suite.manifests()
        needed = sorted(
            {name for manifest in manifests.values() for name in manifest["depends"]} - set(manifests)
        )
        database.clone(self.server, self.name("core"), force=True)
        found = self.quiet(
            "core", "-d", self.name("core"), "-i", ",".join(needed), "--no-http", "--stop-after-init"
        )  # fmt: skip
        return [Result("install:core", found)]

    def suite(self):
        """All of ours at once, the web assets built for the copies that follow."""
        self._copy("core", "suite")
        results = [Result("install:all", self.install("suite", self.modules, "install-all"))]
        self._copy("suite", "tests")
        found = self.install("tests", test_addons(), "install-tests")
        found += self.shell("assets", self.name("tests"))
        return [*results, Result("install:tests", found)]

    def _copy(self, source, target):
        self.drop(target)
        database.copy(self.server, self.name(source), self.name(target))

    def update(self):
        """`-u` of all of ours."""
        self._copy("suite", "update")
        try:
            return [Result("update:all", self.install("update", self.modules, "update-all", "-u"))]
        finally:
            self.drop("update")

    def uninstall(self):
        """Each add-on, those that others stand on last. Afterwards the database is what it was before."""
        before = snapshot.take(self.server, self.name("core"))
        self._copy("suite", "uninstall")
        try:
            results = []
            for module in reversed(self.modules):
                results.append(Result(f"uninstall:{module}", self._uninstall(module)))
            if any(result.findings for result in results):
                return [*results, Result("uninstall:leftovers", ["the uninstallation has to pass first"])]
            after = snapshot.take(self.server, self.name("uninstall"))
            return [*results, Result("uninstall:leftovers", snapshot.differences(before, after))]
        finally:
            self.drop("uninstall")

    def _uninstall(self, module):
        name = self.name("uninstall")
        code, said = self.odoo(f"uninstall-{module}", "module", "uninstall", "-d", name, module)
        found = logs.unexpected(said) + ([f"exit code {code}"] if code else [])
        states = self.states("uninstall")
        if states[module] != "uninstalled":
            found.append(f"is {states[module]}")
        gone = [
            other for other in self.modules if states[other] != "installed" and module in self._needed(other)
        ]
        found += [
            f"took {other} with it" for other in gone if other != module and states[other] != "uninstalled"
        ]
        left = self.server.sql(
            f"SELECT model, name FROM ir_model_data WHERE module = '{module}' LIMIT 20", name
        )
        return found + [f"left over: external id {module}.{xmlid} ({model})" for model, xmlid in left]

    def demo(self):
        """The database that bin/serve builds, with our demonstration, and every scheduled action once."""
        name = self.name("demo")
        database.drop(self.server, name)
        found = []
        with self._served_logs() as paths:
            try:
                served.build(self.server, name, demo=True)
            except Refusal as refusal:
                found.append(str(refusal))
        for path in paths:
            found += [f"{path.name}: {text}" for text in logs.unexpected(path.read_text(encoding="utf-8"))]
        if found:
            return [Result("demo", found)]
        rows = self.server.sql(
            "SELECT name FROM ir_module_module WHERE state = 'installed' AND NOT demo", name
        )
        without = {row[0] for row in rows}
        found += [f"no demonstration of {module}" for module in self.modules if module in without]
        crons = self.shell("crons", name, f"MODULES = {self.modules!r}\n")
        return [Result("demo", found), Result("demo:crons", crons)]

    @contextlib.contextmanager
    def _served_logs(self):
        """Have what bin/serve's code runs log into files of this run; gives their paths."""
        paths, original = [], database.run_odoo

        def run_odoo(server, arguments, problem, log, source=""):
            user_directory(self.logs)
            paths.append(STATE / "log" / self.prefix / f"serve-{log}")
            original(server, arguments, problem, paths[-1], source)

        database.run_odoo = run_odoo
        try:
            yield paths
        finally:
            database.run_odoo = original

    def menus(self):
        """Menus, views, filters and buttons are used and their words read, on the demonstration."""
        if not database.exists(self.server, self.name("demo")):
            return [Result("menus", ["there is no demonstration to click through"])]
        self._copy("demo", "menus")
        try:
            found = self.install("menus", [MENUS], "install-menus")
            if found:
                return [Result("menus", found)]
            return self._pytest("menus", str(kept.folders()[MENUS] / "tests"), "-k", SHOWN)
        finally:
            self.drop("menus")

    def tests(self):
        """All tests of all add-ons in two processes, each on a copy of the suite's database."""
        folders = [str(path / "tests") for path in kept.folders().values()]
        try:
            # what is seen on the demonstration has a stage of its own
            return self._pytest("tests", *folders, "-k", f"not ({SHOWN})", *kept.SHARED_OUT)
        finally:
            self.drop("tests")

    def dates(self):
        """The demonstration is loaded, and tests that name no year are read, at a year's end and the like."""
        served.build(self.server, self.name("chinese"), demo=False)
        results, modules = [], f"MODULES = {self.modules!r}\n"
        for day in dates.DAYS:
            there = self.on(day)
            there._copy("chinese", "dated")
            found = there.shell("demo", self.name("dated"), modules, ROOT / "tools" / "shell")
            results.append(Result(f"demonstration on {day}", found))
            # what is told of past quarters and the yearly award holds on any day
            story = kept.folders()[MENUS] / "tests" / "test_demonstration_evaluation.py"
            results += there._pytest("dated", str(story))
            there._copy("suite", "dated")
            results += there._pytest("dated", *dates.share(day))
        self.drop("chinese", "dated")
        return results

    def core_tests(self):
        """Quick tests of Odoo's own with all of ours installed: the rest of Odoo behaves as before."""
        self._copy("suite", "core-tests")
        try:
            return self._pytest("core-tests", *core_tests.arguments())
        finally:
            self.drop("core-tests")

    def _pytest(self, stage, *arguments):
        """Results of the tests these arguments choose, run on the stage's own database."""
        with self._report() as report:
            command = kept.pytest(
                self.server, self.name(stage), f"--junitxml={report}", *SECOND_TRY, *arguments
            )
            command["env"] |= self.clock
            done = subprocess.run(
                **command, capture_output=True, text=True, check=False, timeout=2 * MINUTES * 60,
            )  # fmt: skip
            return junit_results(stage, report.read_text(encoding="utf-8"), done)

    @contextlib.contextmanager
    def _report(self):
        """A file that pytest may write its JUnit report to."""
        handle, path = tempfile.mkstemp(suffix=".xml", dir=user_directory(STATE / "gates"))
        os.close(handle)
        os.chmod(path, 0o666)
        try:
            yield Path(path)
        finally:
            os.unlink(path)

    # -- without a database ----------------------------------------------------------------

    def lint(self):
        """Every hook of .pre-commit-config.yaml on every file."""
        done = subprocess.run(
            [ROOT / "bin" / "lint", "--all"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        return hook_results(done)

    def self_tests(self):
        """The gates on seeded faults, and the tests of the tools."""
        system.unpack_nginx()
        folders = sorted(str(path) for path in (ROOT / "tools").rglob("tests") if path.is_dir())
        with self._report() as report:
            done = subprocess.run(
                [*odoo_run.python(), "-m", "pytest", "-o", "addopts=", "-q", "-p", "no:cacheprovider",
                 f"--junitxml={report}", *folders],
                cwd=ROOT, env=lint.environment() | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
                capture_output=True, text=True, check=False, **as_user(),
            )  # fmt: skip
            return junit_results("self-tests", report.read_text(encoding="utf-8"), done)
