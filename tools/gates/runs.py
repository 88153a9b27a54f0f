"""The databases of a run of bin/test: made, copied, dropped, and Odoo run on them and listened to."""

import copy
import re
import shutil
import subprocess
from pathlib import Path

from tools import database, odoo_run, suite
from tools.common import STATE, user_directory

from . import dates, logs

MINUTES = 25
SHELL = Path(__file__).parent / "shell"


class Runs:
    """The databases of one run of bin/test, and Odoo run on them."""

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

    def odoo(self, log, *arguments, source=""):
        """Run Odoo to its end; answers its exit code and what it wrote."""
        path = user_directory(self.logs) / f"{log}.log"
        try:
            code = odoo_run.run(self.server, arguments, path, source, MINUTES * 60, **self.clock)
        except subprocess.TimeoutExpired:
            code = f"none, it took longer than {MINUTES} minutes"
        return code, path.read_text(encoding="utf-8", errors="replace")

    def quiet(self, log, *arguments, source=""):
        """Run Odoo and answer everything that a clean run does not say."""
        code, said = self.odoo(log, *arguments, "--log-level=warn", source=source)
        found = logs.unexpected(said)
        if code:
            lines = said.strip().splitlines() or ["no output"]
            found.append(f"exit code {code}: {lines[-1][:300]} (see {self.logs}/{log}.log)")
        return found

    def shell(self, script, name, before="", folder=SHELL):
        """Feed one of the gates' scripts to `odoo shell`, quietly."""
        source = before + (folder / f"{script}.py").read_text(encoding="utf-8")
        return self.quiet(script, "shell", "-d", name, "--no-http", source=source)

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
