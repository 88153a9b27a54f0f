"""The stages of bin/test that need databases. Each answers with results; the runner counts them."""

import contextlib
import copy
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from tools import database, kept, lint, odoo_run, serve, suite, system, venv
from tools.common import ROOT, STATE, Refusal, as_user, say, user_directory

from . import core_tests, dates, logs, snapshot

MINUTES = 25
SHELL = ROOT / "tools" / "gates" / "shell"
MENUS = "test_outsourcing_gates"
# they need the demonstration and its Chinese
SHOWN = "TestMenus or TestButtons or TestRows or TestWords or TestPapersInChinese or TestDemonstration"


class Result(NamedTuple):
    """One gate, or one test, and what is wrong with it."""

    name: str
    findings: list


def test_addons():
    """Names of the add-ons that only test."""
    return sorted(path.parent.name for path in (ROOT / "tests").glob("*/__manifest__.py"))


class Stages:
    """The databases of one run and what is done to them."""

    def __init__(self, server, prefix):
        self.server = server
        self.prefix = prefix
        self.modules = suite.modules()
        self.logs = STATE / "log" / prefix
        self.clock = {}

    def on(self, day):
        """Return these stages with Odoo's clock on ``day`` (ISO date) at ten in the morning in China."""
        there = copy.copy(self)
        there.clock, there.logs = {dates.VARIABLE: day}, self.logs / day
        return there

    def options(self):
        """Keyword arguments for subprocess that run Odoo."""
        options = odoo_run.subprocess_options(self.server)
        options["env"] |= self.clock
        return options

    def name(self, what):
        return f"{self.prefix}_{what}"[:60]

    def drop(self, *names):
        for name in names:
            database.drop(self.server, self.name(name))

    def drop_all(self):
        """Nothing of this run stays but its logs."""
        for name in self.server.databases():
            if name.startswith((f"{self.prefix}_", f"building_{self.prefix}_")):
                database.drop(self.server, name)

    def drop_orphans(self):
        """Databases and logs of runs that were killed, or are long over."""
        for name in self.server.databases():
            match = re.match(r"(?:building_)?gate(\d+)_", name)
            if match and not Path(f"/proc/{match[1]}").exists():
                database.drop(self.server, name)
        for path in sorted((STATE / "log").glob("gate*"), key=lambda path: path.stat().st_mtime)[:-10]:
            shutil.rmtree(path, ignore_errors=True)

    def odoo(self, log, *arguments, stdin=None):
        """Run Odoo to its end; answers its exit code and what it wrote."""
        path = user_directory(self.logs) / f"{log}.log"
        with open(path, "w", encoding="utf-8") as handle:
            try:
                code = subprocess.run(
                    odoo_run.command(list(arguments)),
                    stdin=stdin or subprocess.DEVNULL,
                    stdout=handle,
                    stderr=subprocess.STDOUT,
                    check=False,
                    timeout=MINUTES * 60,
                    **self.options(),
                ).returncode
            except subprocess.TimeoutExpired:
                code = f"none, it took longer than {MINUTES} minutes"
        return code, path.read_text(encoding="utf-8", errors="replace")

    def quiet(self, log, *arguments, stdin=None):
        """Run Odoo and answer everything that a clean run does not say."""
        code, said = self.odoo(log, *arguments, "--log-level=warn", stdin=stdin)
        found = logs.unexpected(said)
        if code:
            lines = said.strip().splitlines() or ["no output"]
            found.append(f"exit code {code}: {lines[-1][:300]} (see {self.logs}/{log}.log)")
        return found

    def shell(self, script, name, before="", folder=SHELL):
        """Feed one of the gates' scripts to `odoo shell`, quietly."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as source:
            source.write(before + (folder / f"{script}.py").read_text(encoding="utf-8"))
            source.seek(0)
            return self.quiet(script, "shell", "-d", name, "--no-http", stdin=source)

    def states(self, name):
        """State of every add-on, by name."""
        return dict(self.server.sql("SELECT name, state FROM ir_module_module", self.name(name)))

    def install(self, what, modules, log, option="-i"):
        """Install or update; an add-on that is not installed afterwards is a finding."""
        database_name = self.name(what)
        found = self.quiet(
            log, "-d", database_name, option, ",".join(modules), "--no-http", "--stop-after-init"
        )
        states = self.states(what)
        return found + [
            f"{name} is {states.get(name)}" for name in modules if states.get(name) != "installed"
        ]

    # -- one stage each ----------------------------------------------------------------

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
        folder = Path(tempfile.mkdtemp(prefix="terms-", dir=user_directory(STATE / "gates")))
        try:
            folder.chmod(0o777)
            fresh = folder / f"{module}.pot"
            code, said = self.odoo(
                f"export-{module}",
                "i18n",
                "export",
                "-d",
                self.name(what),
                "-l",
                "pot",
                "-o",
                str(fresh),
                module,
            )
            if code or not fresh.is_file():
                return [f"the export failed: {said.strip().splitlines()[-1] if said.strip() else code}"]
            i18n = suite.ADDONS / module / "i18n"
            done = subprocess.run(
                [venv.program(), "-m", "tools.gates.translations",
                 str(i18n / f"{module}.pot"), str(i18n / "zh_CN.po"), str(fresh)],
                cwd=ROOT, env=lint.environment(), capture_output=True, text=True, check=False, **as_user(),
            )  # fmt: skip
            if done.returncode:
                return [f"cannot be compared: {done.stderr.strip().splitlines()[-1]}"]
            return json.loads(done.stdout)
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
                serve.build(self.server, name, demo=True)
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

        def run_odoo(server, arguments, problem, log=None, stdin=None):
            name = f"{self.prefix}/serve-{log}"
            user_directory(self.logs)
            paths.append(STATE / "log" / name)
            return original(server, arguments, problem, name, stdin)

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
        serve.build(self.server, self.name("chinese"), demo=False)
        results, modules = [], f"MODULES = {self.modules!r}\n"
        for day in dates.DAYS:
            there = self.on(day)
            there._copy("chinese", "dated")
            found = there.shell("demo", self.name("dated"), modules, ROOT / "tools" / "shell")
            results.append(Result(f"demonstration on {day}", found))
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
            command = kept.pytest(self.server, self.name(stage), f"--junitxml={report}", *arguments)
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
            [venv.program(), "-m", "tools.gates.lint", "--all"],
            cwd=ROOT, env=lint.environment(), capture_output=True, text=True, check=False, **as_user(),
        )  # fmt: skip
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


def hook_results(done):
    """Results of a run of bin/lint: one per hook, the lines below a failed one are its findings."""
    found, findings = [], []
    for line in done.stdout.splitlines():
        if match := lint.LINE.match(line):
            findings = [] if match["state"] == "Passed" else [line]
            found.append(Result(match["name"], findings))
        elif findings:
            findings.append(line)
    if done.returncode and not any(result.findings for result in found):
        lines = (done.stdout + done.stderr).strip().splitlines() or ["no output"]
        found.append(Result("lint", [f"exit code {done.returncode}: {lines[-1]}"]))
    return found


def junit_results(stage, report, done):
    """Results of a pytest run from its JUnit report."""
    from xml.etree import ElementTree

    try:
        cases = list(ElementTree.fromstring(report).iter("testcase"))
    except ElementTree.ParseError:
        cases = []
    lines = (done.stdout + done.stderr).strip().splitlines() or ["no output"]
    if not cases:
        return [Result(stage, [f"no test ran: {lines[-1]}"])]
    results = []
    for case in cases:
        bad = [
            f"{kind.tag}: {(kind.text or kind.get('message') or '').strip()[-2000:]}"
            for kind in case
            if kind.tag in ("failure", "error", "skipped")
        ]
        name = f"{case.get('classname', '').rpartition('.')[2]}.{case.get('name')}"
        results.append(Result(f"{stage} {re.sub(r'[^ -~]', '?', name)}", bad))
    if stage == "tests":
        times = [
            (float(case.get("time", 0)), f"{case.get('classname')}.{case.get('name')}") for case in cases
        ]
        say("the ten slowest tests, set-up included:")
        for seconds, name in sorted(times, reverse=True)[:10]:
            say(f"{seconds:6.1f} s  {name}")
    if done.returncode and not any(result.findings for result in results):
        results.append(Result(stage, [f"exit code {done.returncode}: {lines[-1]}"]))
    return results
