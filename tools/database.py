"""Databases with their filestores: a template of the core modules, copies, our add-ons in them, psql."""

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess

from . import cluster, odoo_run, odoo_source
from .common import STATE, Refusal, clean_environment, digest, lock, stage

# What the suite stands on. l10n_cn installs itself only for Chinese companies, so it is named.
CORE_MODULES = (
    "base", "web", "mail", "purchase", "project", "maintenance", "account", "l10n_cn", "product", "uom",
    "portal", "calendar", "survey", "web_tour", "resource", "analytic", "rating",
)  # fmt: skip
# The first one is what new users get.
LANGUAGES = "en_US,zh_CN"


def run_odoo(server, arguments, problem, log, source=""):
    """Run Odoo to its end, its shell on ``source``; a failure shows the log's last error."""
    path = STATE / "log" / log
    with open(path, "w", encoding="utf-8") as handle:
        done = subprocess.run(
            odoo_run.command(arguments), input=source, encoding="utf-8", check=False,
            stdout=handle, stderr=subprocess.STDOUT, **odoo_run.subprocess_options(server),
        )  # fmt: skip
    if done.returncode:
        raise Refusal(f"{problem}, see {path}{last_error(path)}")


def last_error(path):
    """The last line of a log that names an error, or nothing."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    named = [line for line in lines if re.match(r"(\w+\.)*\w*(Error|Exception)\b|.* CRITICAL ", line)]
    return f" ({named[-1].strip()[:300]})" if named else ""


def filestore(server, name):
    return STATE / "data" / server.name / "filestore" / name


def exists(server, name):
    return name in server.databases()


def installed(server, name):
    """Names of the add-ons that are installed in a database, Odoo's as well."""
    rows = server.sql("SELECT name FROM ir_module_module WHERE state = 'installed'", name)
    return {row[0] for row in rows}


def drop(server, name):
    """Drop a database and its filestore, with whatever is still connected to it."""
    server.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(filestore(server, name), ignore_errors=True)
    notes_path(name).unlink(missing_ok=True)


def copy(server, source, target):
    """Copy a database and its filestore, in which links do: its files are named by their content."""
    quickly = "" if server.durable else "STRATEGY file_copy"
    server.sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}" {quickly}')
    shutil.rmtree(filestore(server, target), ignore_errors=True)
    if filestore(server, source).is_dir():
        shutil.copytree(filestore(server, source), filestore(server, target), copy_function=_link)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)


def replace(server, name, target):
    """Put a database and its filestore in the place of another, which need not be there."""
    drop(server, target)
    server.sql(f'ALTER DATABASE "{name}" RENAME TO "{target}"')
    if filestore(server, name).is_dir():
        filestore(server, name).rename(filestore(server, target))


def template_name():
    """Changes with the Odoo package, the modules and the language."""
    return "template_" + digest(odoo_source.key(), *CORE_MODULES, LANGUAGES)


def template(server):
    """The name of the template database, built first when it is not there."""
    name = template_name()
    with lock(f"{server.name}.template"):
        if not exists(server, name):
            new = f"building_{name}"
            drop(server, new)
            with stage("building the template database of the core modules"):
                arguments = [f"--load-language={LANGUAGES}", "-i", ",".join(CORE_MODULES)]
                install(server, new, arguments, "the template database could not be built")
            for other in server.databases():
                if other.startswith("template_"):
                    drop(server, other)
            replace(server, new, name)
    return name


def clone(server, name):
    """A fresh database of the core modules, in the place of one that is there."""
    source = template(server)
    drop(server, name)
    copy(server, source, name)
    # what one of them signed holds in no other
    own = "key IN ('database.uuid', 'database.secret')"
    server.sql(f"UPDATE ir_config_parameter SET value = gen_random_uuid()::text WHERE {own}", name)


def install(server, name, arguments, problem):
    """Have Odoo install and update what the arguments say."""
    line = ["-d", name, *arguments, "--no-http", "--stop-after-init", "--log-level=warn"]
    run_odoo(server, line, problem, log=f"install-{name}.log")


def bring_up(server, name, known, now):
    """Install and update our add-ons that differ between two states.

    :param known: fingerprints of those that the database has, by name
    :param now: the same of the sources
    """
    fresh = [module for module in now if module not in known]
    changed = [module for module in now if known.get(module, now[module]) != now[module]]
    arguments = ["-i", ",".join(fresh)] if fresh else []
    arguments += ["-u", ",".join(changed)] if changed else []
    if arguments:
        with stage(f"installing {len(fresh)} and updating {len(changed)} add-ons"):
            install(server, name, arguments, f"the add-ons could not be brought into {name}")
    if missed := set(now) - installed(server, name):
        raise Refusal(f"not installed in {name}: {', '.join(sorted(missed))}.")


def notes_path(name):
    return STATE / "data" / f"{name}.json"


def notes(server, name):
    """What was noted about a database when it was made or brought up to the sources; nothing without it."""
    path = notes_path(name)
    with contextlib.suppress(ValueError):  # half written
        return json.loads(path.read_text()) if path.is_file() and exists(server, name) else {}
    return {}


def main(arguments):
    """What Odoo's own ``bin/odoo db`` (duplicate, rename, dump, load, drop) does not do."""
    others = "bin/odoo db drops, duplicates, renames, dumps, loads."
    parser = argparse.ArgumentParser(prog="bin/odoo-db", description=__doc__, epilog=others)
    actions = parser.add_subparsers(dest="action", required=True)
    clone_parser = actions.add_parser("clone", help="a fresh database of the core modules")
    clone_parser.add_argument("name")
    clone_parser.add_argument("--force", action="store_true", help="replace a database of that name")
    psql_parser = actions.add_parser("psql", help="open psql on a database; psql postgres -l lists them")
    psql_parser.add_argument("name")
    psql_parser.add_argument("rest", nargs=argparse.REMAINDER)
    actions.add_parser("stop", help="stop the cluster")
    options = parser.parse_args(arguments)
    server = cluster.current()
    if options.action == "stop":
        return server.stop()
    server.start()
    if options.action == "psql":
        line = [str(cluster.postgres_bin() / "psql"), "-d", options.name, *options.rest]
        os.execve(line[0], line, clean_environment() | server.environment())
    if exists(server, options.name) and not options.force:
        raise Refusal(f"the database {options.name} exists: use --force to replace it.")
    clone(server, options.name)
