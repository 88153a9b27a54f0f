"""What the production file asks of PostgreSQL itself."""

import os
import subprocess

from tools.docker.tests.conftest import PASSWORD, SCRIPTS
from tools.docker.tests.test_compose import PRODUCTION, load


def _settings():
    words = load(PRODUCTION)["services"]["db"]["command"]
    return [after for before, after in zip(words, words[1:], strict=False) if before == "-c"]


def test_every_setting_is_known_and_its_value_read(box):
    """Each is set in a file of its own, and PostgreSQL says what is wrong with it."""
    assert len(_settings()) > 5
    for setting in _settings():
        name, _equals, value = setting.partition("=")
        kind, unit = box.sql(f"SELECT vartype, coalesce(unit, '-') FROM pg_settings WHERE name = '{name}'")[0]
        if unit in ("8kB", "kB", "MB"):
            assert int(box.sql(f"SELECT pg_size_bytes('{value}')")[0][0]) > 0, setting
        assert kind, setting


def test_role_of_odoo_is_no_superuser(box):
    """role.sh as the image runs it; under another name, for this cluster has an `odoo` of its own."""
    name = f"role_{os.getpid()}"
    script = (SCRIPTS / "role.sh").read_text().replace("CREATE ROLE odoo", f"CREATE ROLE {name}")
    variables = {"POSTGRES_USER": "odoo", "DB_PASSWORD_FILE": box.environment["PASSWORD_FILE"]}
    try:
        subprocess.run(["bash", "-c", script], env=box.environment | variables, check=True)
        rows = box.sql(f"SELECT rolsuper, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname = '{name}'")
        assert rows == [["f", "t", "t"]]
        stored = box.sql(f"SELECT rolpassword FROM pg_authid WHERE rolname = '{name}'")[0][0]
        assert stored.startswith("SCRAM-SHA-256")
        assert PASSWORD not in stored
    finally:
        box.sql(f"DROP ROLE IF EXISTS {name}")


def test_role_that_is_no_superuser_may_back_up_and_restore(box):
    """As in production: what belongs to that role, by that role alone."""
    name = f"plain_{os.getpid()}"
    box.sql(f"CREATE ROLE {name} LOGIN CREATEDB")
    try:
        box.sql(f'ALTER DATABASE "{box.name}" OWNER TO {name}')
        tables = box.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables:
            box.sql(f"ALTER TABLE {table} OWNER TO {name}")
        box.run("backup.bash", PGUSER=name)
        box.run("restore.bash", box.names()[0], PGUSER=name)
    finally:
        box.drop()
        box.sql(f"DROP ROLE {name}", "postgres")
