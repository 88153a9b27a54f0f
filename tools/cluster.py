"""Private PostgreSQL clusters in the state directory, reached over a unix socket only."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .common import (
    STATE,
    Refusal,
    as_database_user,
    checkout_reachable,
    clean_environment,
    digest,
    lock,
    need_space,
    run,
    run_user,
    user_directory,
)
from .system import postgres_bin

ROLE = "odoo"
PORT = 5432
SETTINGS = {
    "listen_addresses": "''",
    "port": PORT,
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

    @property
    def home(self):
        """The state directory, or one outside when the checkout lies in a folder that is private to root."""
        return STATE if checkout_reachable() else Path("/var/lib") / f"odoo-{digest(STATE)}"

    @property
    def data(self):
        return self.home / self.name

    @property
    def log(self):
        return self.home / "log" / f"{self.name}.log"

    @property
    def socket(self):
        """The socket's directory; a deep checkout would exceed the 107 bytes of a socket's path."""
        directory = self.home / "run" / self.name
        if len(str(directory)) < 85:
            return directory
        return Path(tempfile.gettempdir()) / f"odoo-{run_user().pw_uid}-{digest(self.data)}"

    def program(self, name):
        found = postgres_bin()
        if found is None:
            raise Refusal("PostgreSQL is not installed: apt-get install postgresql")
        return found / name

    def running(self):
        return (self.data / "postmaster.pid").exists() and subprocess.run(
            [self.program("pg_ctl"), "status", "-D", self.data],
            check=False,
            capture_output=True,
            env=clean_environment(),
            cwd="/",
            **as_database_user(),
        ).returncode == 0

    def create(self):
        """Initialise the cluster under another name and rename it when it is complete."""
        if self.home != STATE:
            user_directory(self.home)
        need_space(self.home, 2)
        new = self.home / f"{self.name}.new"
        shutil.rmtree(new, ignore_errors=True)
        user_directory(new, 0o700)
        initdb = [self.program("initdb"), "-D", new, "-U", ROLE, "-A", "trust", "-E", "UTF8"]
        initdb += ["--locale=C.UTF-8"] if self.durable else ["--locale=C.UTF-8", "--no-sync"]
        run(initdb, user=True, problem="the PostgreSQL cluster could not be created")
        new.rename(self.data)

    def start(self):
        """Create and start the cluster when need be; several callers at once are fine."""
        if self.running():
            return self
        with lock(self.name):
            if self.running():
                return self
            if not (self.data / "PG_VERSION").exists():
                self.create()
            user_directory(self.log.parent)
            user_directory(self.socket.parent)
            user_directory(self.socket, 0o700)
            settings = SETTINGS | ({} if self.durable else FAST)
            settings["unix_socket_directories"] = f"'{self.socket}'"
            conf = self.data / "conf.d.tmp"
            conf.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
            conf.chmod(0o644)
            conf.rename(self.data / "postgresql.auto.conf")
            run(
                [self.program("pg_ctl"), "start", "-w", "-t", "60", "-s", "-D", self.data, "-l", self.log],
                user=True,
                problem=f"PostgreSQL did not start, see {self.log}",
            )
        return self

    def stop(self):
        if self.running():
            run(
                [self.program("pg_ctl"), "stop", "-w", "-m", "fast", "-s", "-D", self.data],
                user=True,
                problem="PostgreSQL did not stop",
            )

    def environment(self):
        """What libpq, and so Odoo, needs to find the cluster."""
        return {"PGHOST": str(self.socket), "PGPORT": str(PORT), "PGUSER": ROLE}

    def sql(self, statement, database="postgres"):
        """Run one statement and return its rows as lists of strings."""
        psql = [self.program("psql"), "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database]
        out = run(
            [*psql, "-c", statement],
            env=clean_environment() | self.environment(),
            user=True,
            problem="the database refused",
        )
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
