"""The containers' scripts as they are, with the embedded PostgreSQL in the place of the service `db`."""

import shutil
import subprocess

import pytest

from tools import cluster, database
from tools.common import ROOT, clean_environment
from tools.gates.run_all import RUN

SCRIPTS = ROOT / "tools" / "docker"
PASSWORD = "a-word-nobody-lists"
# Stands for Odoo: says its version, notes how it was called, makes the database that was to be installed.
ODOO = """#!/usr/bin/env bash
if [ "$1" = --version ]; then echo "Odoo Server $ODOO_VERSION"; exit; fi
echo "$*" >>"$CALLS"
[ "$1" = shell ] && { head -c 300 >>"$CALLS"; cat >/dev/null; }
[ -z "${ODOO_BREAKS:-}" ] || exit 1
case "$*" in *"-i base,"*) createdb -T "$ODOO_SOURCE" "$SUITE_DATABASE" ;; esac
"""


# What the scripts read and write of Odoo's tables; test_real.py runs them on the whole.
TABLES = """
CREATE TABLE ir_module_module (name varchar, state varchar, demo boolean);
CREATE TABLE ir_cron (active boolean, nextcall timestamp, lastcall timestamp);
CREATE TABLE ir_attachment (name varchar, type varchar, store_fname varchar, file_size int, checksum varchar);
CREATE TABLE ir_config_parameter (id serial, key varchar NOT NULL UNIQUE, value text NOT NULL,
    create_uid int, create_date timestamp, write_uid int, write_date timestamp);
INSERT INTO ir_module_module VALUES ('property_outsourcing', 'uninstalled', false);
"""


class Box:
    """A machine with a database that says it holds the suite."""

    def __init__(self, path, server):
        self.path, self.server = path, server
        self.name = f"{RUN}_box"
        self.data, self.backups = path / "data", path / "backups"
        self.store = self.data / "filestore" / self.name
        for folder in (self.data, self.backups, path / "bin", path / "addons" / "sample" / "tests"):
            folder.mkdir(parents=True)
        (path / "addons" / "sample" / "__manifest__.py").write_text("{}")
        (path / "password").write_text(PASSWORD)
        self.calls = path / "calls"
        self.calls.touch()
        self.program("odoo", ODOO)
        self.environment = clean_environment() | server.environment()
        self.environment |= {
            "PATH": f"{path / 'bin'}:{cluster.postgres_bin()}:{self.environment['PATH']}",
            "CALLS": str(self.calls),
            "ODOO_VERSION": "19.0-1",
            "ODOO_SOURCE": self.name,
            "ODOO_ADDONS_PATH": str(path / "addons"),
            "ODOO_DATA_DIR": str(self.data),
            "PASSWORD_FILE": str(path / "password"),
            "SUITE_BACKUPS": str(self.backups),
            "SUITE_DATABASE": self.name,
        }

    def program(self, name, text):
        """Put a script on the path."""
        path = self.path / "bin" / name
        path.write_text(text)
        path.chmod(0o755)

    def run(self, script, *arguments, fails=False, **variables):
        """Run a script of the containers; return all it said."""
        done = subprocess.run(
            ["bash", SCRIPTS / script, *arguments],
            env=self.environment | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert bool(done.returncode) is fails, done.stdout
        return done.stdout

    def sql(self, statement, name=None):
        """Rows of a statement."""
        return self.server.sql(statement, name or self.name)

    def parameter(self, key):
        """A system parameter, or None."""
        rows = self.sql(f"SELECT value FROM ir_config_parameter WHERE key = '{key}'")
        return rows[0][0] if rows else None

    def names(self):
        """Backups, the oldest first."""
        return sorted(path.name for path in self.backups.iterdir() if path.name.startswith("2"))

    def drop(self):
        """Leave nothing."""
        for name in self.server.databases():
            if name.startswith(self.name):
                database.drop(self.server, name)


def _open(tmp_path, source):
    server = cluster.CLUSTERS["test"].start()
    found = Box(tmp_path, server)
    found.drop()
    server.sql(f'CREATE DATABASE "{found.name}" TEMPLATE "{source or "template0"}" STRATEGY file_copy')
    if source:
        shutil.copytree(database.filestore(server, source), found.store)
    else:
        found.sql(TABLES)
        found.store.mkdir(parents=True)
    found.sql("UPDATE ir_module_module SET state = 'installed' WHERE name = 'property_outsourcing'")
    return found


@pytest.fixture
def box(tmp_path):
    """A machine whose database has only the tables that the scripts use."""
    found = _open(tmp_path, None)
    yield found
    found.drop()


@pytest.fixture
def real_box(tmp_path):
    """A machine whose database is one of Odoo's, with its files."""
    found = _open(tmp_path, database.template(cluster.CLUSTERS["test"].start()))
    yield found
    found.drop()
