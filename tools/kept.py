"""The database single tests run on. It is kept, and updated only where the sources changed what it holds."""

import contextlib
import json
import os
import re
import subprocess

from . import cluster, database, odoo_run
from .common import ROOT, Refusal, digest, lock
from .suite import fingerprint, folders

NAME = f"kept_{digest(ROOT)[:8]}"
# A class of tests stays together, because its set-up is dear.
SHARED_OUT = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]


def fixed():
    """Changes when a file of records that no update touches changed: only a new database has them."""
    files = [path for folder in folders().values() for path in sorted(folder.glob("*/*.xml"))]
    return digest(*(path for path in files if 'noupdate="1"' in path.read_text(encoding="utf-8")))


def ensure():
    """Build the database or update the add-ons that changed; what no update mends is built anew."""
    server = cluster.current().start()
    modules = {name: fingerprint(path) for name, path in folders().items()}
    now = {"template": database.template(server), "fixed": fixed(), "modules": modules}
    known = database.notes(server, NAME)
    if known == now:
        return server
    notes = database.notes_path(NAME)
    notes.unlink(missing_ok=True)
    same = known | {"modules": modules} == now and set(known["modules"]) <= set(modules)
    if not same or not _updated(server, known["modules"], modules):
        database.clone(server, NAME)
        database.bring_up(server, NAME, {}, modules)
    notes.write_text(json.dumps(now))
    return server


def _updated(server, known, now):
    with contextlib.suppress(Refusal):
        database.bring_up(server, NAME, known, now)
        return True
    return False


def run_pytest(arguments):
    """Run pytest on the kept database; one run at a time, because a second one may have to update it.

    :return: pytest's exit code
    """
    os.environ["ODOO_CLUSTER"] = "test"
    with lock(NAME):
        return subprocess.run(**pytest(ensure(), NAME, *arguments), check=False).returncode


def pytest(server, name, *arguments):
    """Keyword arguments for subprocess that run pytest on a database."""
    options = odoo_run.subprocess_options(server)
    options["env"]["PGDATABASE"] = name
    return {"args": [*odoo_run.python(), "-m", "pytest", *arguments], **options}


def chosen(names):
    """Arguments for one run of pytest that chooses ``ADDON``, ``ADDON:Class``, ``ADDON:Class.test`` of each.

    :raise KeyError: there is no such add-on
    """
    found = []
    for name in names:
        addon, _colon, tests = name.partition(":")
        folder = folders()[addon] / "tests"
        begun = re.compile(rf"(?m)^class {re.escape(tests.partition('.')[0])}\b")
        files = [path for path in sorted(folder.glob("test_*.py")) if begun.search(path.read_text())]
        if tests and not files:
            raise Refusal(f"{addon} has no tests {tests}.")
        found += ["::".join((str(path), *tests.split("."))) for path in files] if tests else [str(folder)]
    return found if any(":" in name for name in names) else [*found, *SHARED_OUT]
