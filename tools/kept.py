"""The database single tests run on. It is kept, and updated only where the sources changed what it holds."""

import ast
import json
import os
import re
import subprocess

from . import cluster, database, odoo_run, suite
from .common import ROOT, STATE, Refusal, digest, lock, stage

NAME = f"kept_{digest(ROOT)[:8]}"
NOTES = STATE / "data" / f"{NAME}.json"
# A class of tests stays together, because its set-up is dear.
SHARED_OUT = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
# Their bodies are run by an update, those of all others only when they are called.
RUN_BY_UPDATE = {"init", "_auto_init", "_register_hook"}


def folders():
    """Folder of every add-on, ours and those that only test, by name; dependencies first."""
    found = {name: suite.ADDONS / name for name in suite.modules()}
    return found | {
        path.parent.name: path.parent for path in sorted((ROOT / "tests").glob("*/__manifest__.py"))
    }


def outline(source):
    """The text of a Python file without the bodies of its functions: what a database knows of it."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name not in RUN_BY_UPDATE:
            node.body = []
    return ast.dump(tree)


def fingerprint(folder):
    """Changes when an update of the add-on would change the database."""
    parts = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix == ".py" and "tests" not in inside.parts:
            parts += [inside, outline(path.read_text(encoding="utf-8"))]
        elif path.suffix in (".xml", ".csv", ".po") and "static" not in inside.parts:
            parts += [inside, path]
    return digest(*parts)


def fixed():
    """Changes when a file of records that no update touches changed: only a new database has them."""
    files = [path for folder in folders().values() for path in sorted(folder.glob("*/*.xml"))]
    return digest(*(path for path in files if 'noupdate="1"' in path.read_text(encoding="utf-8")))


def ensure():
    """Build the database or update the add-ons that changed; what no update mends is built anew."""
    server = cluster.current().start()
    template, now = database.template(server), {name: fingerprint(path) for name, path in folders().items()}
    try:
        known = json.loads(NOTES.read_text()) if database.exists(server, NAME) else {}
    except (OSError, ValueError):
        known = {}
    same = known.get("template") == template and known.get("fixed") == fixed()
    if not same or set(known["modules"]) - set(now):
        known = {"template": template, "modules": {}}
    if known["modules"] == now:
        return server
    NOTES.unlink(missing_ok=True)
    try:
        _update(server, known["modules"], now)
    except Refusal:
        if not known["modules"]:
            raise
        _update(server, {}, now)
    NOTES.write_text(json.dumps({"template": template, "fixed": fixed(), "modules": now}))
    return server


def _update(server, known, now):
    """Install and update what differs between two states of the sources; none of the former: from nothing."""
    if not known:
        database.clone(server, NAME, force=True)
    arguments, changes = ["-d", NAME, *database.QUIETLY], []
    for option, names in (
        ("-i", [name for name in now if name not in known]),
        ("-u", [name for name in now if known.get(name, now[name]) != now[name]]),
    ):
        arguments += [option, ",".join(names)] if names else []
        changes += names
    with stage(f"bringing the test database up to date: {', '.join(changes)}"):
        database.run_odoo(server, arguments, "the test database could not be updated", log=f"{NAME}.log")


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
