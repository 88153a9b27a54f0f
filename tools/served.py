"""The database that bin/serve shows: built, brought up to the code, or refused when it is another's."""

import json

from . import database, suite
from .common import ROOT, Refusal, say, stage


def shell(server, name, script, problem, prefix=""):
    """Feed one of our scripts to `odoo shell`."""
    source = prefix + (ROOT / "tools" / "shell" / f"{script}.py").read_text(encoding="utf-8")
    arguments = ["shell", "-d", name, "--no-http", "--log-level=warn"]
    database.run_odoo(server, arguments, problem, f"{script}-{name}.log", source)


def build(server, name, demo):
    """A new database under another name, renamed when it is complete."""
    new = f"building_{name}"
    database.clone(server, new)
    with stage("setting up a Chinese company"):
        shell(server, new, "chinese", "the Chinese company could not be set up")
    database.bring_up(server, new, {}, suite.fingerprints())
    if demo:
        with stage("loading the demo data"):
            told = f"MODULES = {suite.modules()!r}\n"
            shell(server, new, "demo", "the demo data could not be loaded", told)
    with stage("building the web assets"):
        shell(server, new, "assets", "the web assets could not be built")
    database.replace(server, new, name)


def update(server, name, known):
    """Bring the database up to the code: on a copy, which takes its place when all went well."""
    refuse_older(server, name)
    new = f"building_{name}"
    database.drop(server, new)
    database.copy(server, name, new)
    # a story that people have gone on with takes no new chapter
    server.sql("UPDATE ir_module_module SET demo = false", new)
    database.bring_up(server, new, known, suite.fingerprints())
    database.replace(server, new, name)
    say("the demonstration stays as it was; bin/serve --fresh builds today's")


def refuse_older(server, name):
    """Nothing is migrated before the first release: an older demonstration is built anew."""
    kept = dict(server.sql("SELECT name, latest_version FROM ir_module_module", name))
    for module, manifest in suite.manifests().items():
        series = manifest["version"].rsplit(".", 2)[0]
        if kept.get(module) and not kept[module].startswith(f"{series}."):
            raise Refusal(
                f"the database {name} was made with {kept[module]} of {module}; records have moved since: "
                "have it built anew with --fresh."
            )


def check(server, name, demo):
    """Refuse a database that is there and is not what is asked for."""
    known = database.notes(server, name)
    if database.exists(server, name) and not known:
        raise Refusal(
            f"the database {name} was not made by this command: name another one with --database, "
            "or have it built anew with --fresh."
        )
    if known.get("demo", demo) != demo:
        raise Refusal(
            f"the database {name} was built {'without' if demo else 'with'} the demonstration: name another "
            "one with --database, or have it built anew with --fresh."
        )


def prepare(server, name, demo, fresh):
    """Have the database with the code's state of today."""
    modules, known = suite.fingerprints(), database.notes(server, name)
    if fresh or not known:
        build(server, name, demo)
    elif known["modules"] != modules:
        update(server, name, known["modules"])
    database.notes_path(name).write_text(json.dumps({"demo": demo, "modules": modules}))
