"""The database that bin/serve shows: built, brought up to the code, or refused when it is another's."""

import json

from . import database, suite
from .common import ROOT, STATE, Refusal, need_space, say, stage


def notes_path(name):
    return STATE / "data" / f"{name}.json"


def notes(name):
    """What the database was built from."""
    try:
        return json.loads(notes_path(name).read_text())
    except (OSError, ValueError):
        return None


def shell(server, name, script, problem, prefix=""):
    """Feed one of our scripts to `odoo shell`."""
    source = prefix + (ROOT / "tools" / "shell" / f"{script}.py").read_text(encoding="utf-8")
    arguments = ["shell", "-d", name, "--no-http", "--log-level=warn"]
    database.run_odoo(server, arguments, problem, f"{script}-{name}.log", source)


def installed_modules(server, name):
    return {row[0] for row in server.sql("SELECT name FROM ir_module_module WHERE state = 'installed'", name)}


def demonstrated_modules(server, name):
    return {row[0] for row in server.sql("SELECT name FROM ir_module_module WHERE demo", name)}


def keep_demonstration(server, name, shown):
    """A story that people have gone on with takes no new chapter: it stays as it was before the update."""
    lost = shown - demonstrated_modules(server, name)
    if lost:
        names = ", ".join(f"'{module}'" for module in sorted(lost))
        server.sql(f"UPDATE ir_module_module SET demo = true WHERE name IN ({names})", name)
        say("the demonstration stays as it was; bin/serve --fresh builds today's")


def install_suite(server, name, demo, update=()):
    """Install what is not installed of our add-ons, update the named ones, load their demo data."""
    ours = suite.modules()
    installed = installed_modules(server, name)
    fresh = [module for module in ours if module not in installed]
    update = [module for module in update if module in installed]
    arguments = ["-d", name, *database.QUIETLY]
    if fresh:
        arguments += ["-i", ",".join(fresh)]
    if update:
        arguments += ["-u", ",".join(update)]
    shown = demonstrated_modules(server, name)
    if fresh or update:
        with stage(f"installing {len(fresh)} and updating {len(update)} add-ons"):
            database.run_odoo(server, arguments, "the add-ons could not be installed", f"install-{name}.log")
    keep_demonstration(server, name, shown)
    installed = installed_modules(server, name)
    if missed := [module for module in ours if module not in installed]:
        raise Refusal(f"not installed: {', '.join(missed)}, see {STATE}/log/install-{name}.log")
    without = server.sql("SELECT name FROM ir_module_module WHERE state = 'installed' AND NOT demo", name)
    if demo and {row[0] for row in without}.intersection(ours):
        with stage("loading the demo data"):
            shell(server, name, "demo", "the demo data could not be loaded", f"MODULES = {ours!r}\n")
    with stage("building the web assets"):
        shell(server, name, "assets", "the web assets could not be built")


def build(server, name, demo):
    """A new database under another name, renamed when it is complete."""
    new = f"building_{name}"
    database.drop(server, new)
    try:
        database.clone(server, new)
        with stage("setting up a Chinese company"):
            shell(server, new, "chinese", "the Chinese company could not be set up")
        install_suite(server, new, demo)
    except BaseException:
        database.drop(server, new)
        raise
    replace(server, new, name)


def update(server, name, demo, changed):
    """Bring the database up to the code: on a copy, which takes its place when all went well."""
    new = f"building_{name}"
    database.drop(server, new)
    try:
        database.copy(server, name, new)
        install_suite(server, new, demo, changed)
    except BaseException:
        database.drop(server, new)
        raise
    replace(server, new, name)


def replace(server, new, name):
    database.drop(server, name)
    database.rename(server, new, name)


def refuse_older(server, name):
    """Nothing is migrated before the first release: an older demonstration is built anew."""
    kept = dict(
        server.sql("SELECT name, latest_version FROM ir_module_module WHERE state = 'installed'", name)
    )
    for module, manifest in suite.manifests().items():
        series = manifest["version"].rsplit(".", 2)[0]
        if module in kept and not (kept[module] or "").startswith(f"{series}."):
            raise Refusal(
                f"the database {name} was made with {kept[module]} of {module}; records have moved since: "
                "have it built anew with --fresh."
            )


def prepare(server, name, demo, fresh):
    """Have the database with the code's state of today; True when something was done."""
    modules = suite.fingerprints()
    if not modules:
        raise Refusal("there is no add-on in addons/.")
    known = notes(name)
    there = database.exists(server, name)
    if there and not known and not fresh:
        raise Refusal(
            f"the database {name} was not made by this command: name another one with --database, "
            "or have it built anew with --fresh."
        )
    if there and not fresh and known["demo"] != demo:
        raise Refusal(
            f"the database {name} was built {'with' if known['demo'] else 'without'} demo data: "
            "name another one with --database, or have it built anew with --fresh."
        )
    if there and not fresh and known["modules"] == modules:
        return False
    need_space(STATE, 2)
    if there and not fresh:
        refuse_older(server, name)
        changed = [module for module in modules if known["modules"].get(module) != modules[module]]
        update(server, name, demo, changed)
    else:
        build(server, name, demo)
    notes_path(name).write_text(json.dumps({"demo": demo, "modules": modules}))
    return True
