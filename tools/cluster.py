"""Private PostgreSQL clusters in the state directory, reached over a unix socket only."""

import functools
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from .common import STATE, Refusal, clean_environment, digest, lock, run
from .system import postgres_bin

ROLE = "odoo"
SETTINGS = {
    "listen_addresses": "''",
    "port": 5432,
    "max_connections": 300,
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "unix_socket_permissions": "0700",
}
# Only for data nobody would miss.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum_naptime": "10min"}


class Cluster:
    """One cluster; `durable` tells whether its data has to survive a power cut."""

    def __init__(self, name, durable):
        self.name = name
        self.durable = durable

    @functools.cached_property
    def account(self):
        """Whom PostgreSQL runs as, for subprocess: it refuses root and takes its package's account then."""
        if os.geteuid():
            return {}
        made = STATE / self.name
        user = pwd.getpwnam(made.owner() if made.exists() else "postgres")
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    @functools.cached_property
    def home(self):
        """The state directory, or one outside where that account may not enter root's private folder."""
        probe = subprocess.run(["test", "-x", STATE], check=False, cwd="/", **self.account)
        return Path("/var/lib/postgresql") / digest(STATE) if probe.returncode else STATE

    @property
    def data(self):
        return self.home / self.name

    @property
    def socket(self):
        """The socket's directory; a deep checkout would exceed the 107 bytes of a socket's path."""
        directory = self.home / "run" / self.name
        return directory if len(str(directory)) < 85 else Path("/tmp") / f"odoo-{digest(self.data)}"

    def _directory(self, path):
        path.mkdir(0o700, parents=True, exist_ok=True)
        if self.account:
            os.chown(path, self.account["user"], self.account["group"])

    def _program(self, name, *arguments, problem):
        return run(
            [postgres_bin() / name, *arguments], problem,
            env=clean_environment() | self.environment(), cwd="/", **self.account,
        )  # fmt: skip

    def _control(self, *arguments, problem):
        self._program("pg_ctl", *arguments, "-w", "-s", "-D", self.data, problem=problem)

    def running(self):
        done = subprocess.run([postgres_bin() / "pg_isready", "-q"], env=self.environment(), check=False)
        return not done.returncode

    def create(self):
        """Initialise the cluster under another name and rename it when it is complete."""
        new = self.home / f"{self.name}.new"
        shutil.rmtree(new, ignore_errors=True)
        self._directory(new)
        options = ["-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        options += [] if self.durable else ["--no-sync"]
        self._program("initdb", "-D", new, *options, problem="the PostgreSQL cluster could not be created")
        new.rename(self.data)

    def start(self):
        """Create and start the cluster when need be; several callers at once are fine."""
        with lock(self.name):
            if self.running():
                return self
            if not self.data.exists():
                self.create()
            self._directory(self.socket)
            settings = {**SETTINGS, "unix_socket_directories": f"'{self.socket}'"}
            settings |= {} if self.durable else FAST
            lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
            (self.data / "postgresql.auto.conf").write_text(lines)
            log = self.data / "server.log"
            self._control("start", "-l", log, problem=f"PostgreSQL did not start, see {log}")
        return self

    def stop(self):
        if self.running():
            self._control("stop", "-m", "fast", problem="PostgreSQL did not stop")

    def environment(self):
        """What libpq, and so Odoo, needs to find the cluster."""
        return {"PGHOST": str(self.socket), "PGPORT": str(SETTINGS["port"]), "PGUSER": ROLE}

    def sql(self, statement, database="postgres"):
        """Run one statement and return its rows as lists of strings."""
        psql = ["psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement]
        out = self._program(*psql, problem="the database refused")
        return [line.split("\t") for line in out.splitlines() if line]

    def databases(self):
        return [row[0] for row in self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate")]


CLUSTERS = {"served": Cluster("pg", True), "test": Cluster("pgtest", False)}


def current():
    """The cluster that ODOO_CLUSTER names: `served` (durable, the default) or `test` (fast, throw-away)."""
    name = os.environ.get("ODOO_CLUSTER") or "served"
    if name not in CLUSTERS:
        raise Refusal(f"ODOO_CLUSTER is {name}, it can be served or test.")
    return CLUSTERS[name]
