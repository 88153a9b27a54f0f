"""Databases with their filestores: a template of the core modules, fresh copies of it, psql."""

import argparse
import os
import re
import shutil

from . import cluster, odoo_run, odoo_source, setup
from .common import (
    STATE,
    Refusal,
    become_user,
    clean_environment,
    digest,
    is_root,
    lock,
    need_space,
    run_user,
    stage,
    user_directory,
)
from .entry import entry

# What the suite stands on. l10n_cn installs itself only for Chinese companies, so it is named.
CORE_MODULES = (
    "base", "web", "mail", "purchase", "project", "maintenance", "account", "l10n_cn", "product", "uom",
    "portal", "calendar", "survey", "web_tour", "resource", "analytic", "rating",
)  # fmt: skip
# The first one is what new users get.
LANGUAGES = "en_US,zh_CN"
QUIETLY = ("--no-http", "--stop-after-init", "--log-level=warn")


def check_name(name):
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}", name):
        raise Refusal(f"{name!r} is no name for a database: letters, digits, dot, dash and underscore only.")
    return name


def filestore(server, name):
    return STATE / "data" / server.name / "filestore" / name


def run_odoo(server, arguments, problem, log, source=""):
    """Run Odoo to its end, its shell on ``source``; a failure shows the log's last error."""
    path = user_directory(STATE / "log") / log
    if odoo_run.run(server, arguments, path, source):
        raise Refusal(f"{problem}, see {path}{last_error(path)}")


def last_error(path):
    """The last line of a log that names an error, or nothing."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    named = [line for line in lines if re.match(r"(\w+\.)*\w*(Error|Exception)\b|.* CRITICAL ", line)]
    return f" ({named[-1].strip()[:300]})" if named else ""


def exists(server, name):
    return name in server.databases()


def drop(server, name):
    """Drop a database and its filestore, with whatever is still connected to it."""
    server.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(filestore(server, name), ignore_errors=True)


def copy(server, source, target):
    """Copy a database and its filestore."""
    server.sql(
        f'CREATE DATABASE "{target}" TEMPLATE "{source}"'
        + (" STRATEGY file_copy" if not server.durable and server_version(server) >= 15 else "")
    )
    store = filestore(server, target)
    shutil.rmtree(store, ignore_errors=True)
    origin = filestore(server, source)
    if origin.is_dir():
        shutil.copytree(origin, store, copy_function=_link_or_copy)
        if is_root():
            for folder, _folders, files in os.walk(store):
                for path in [folder, *(os.path.join(folder, file) for file in files)]:
                    os.chown(path, run_user().pw_uid, run_user().pw_gid)


def _link_or_copy(source, target):
    """Files of a filestore are named by their content and never change, so a link is a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def rename(server, name, target):
    """Rename a database and its filestore."""
    server.sql(f'ALTER DATABASE "{name}" RENAME TO "{target}"')
    if filestore(server, name).is_dir():
        shutil.rmtree(filestore(server, target), ignore_errors=True)
        filestore(server, name).rename(filestore(server, target))


def server_version(server):
    return int(server.sql("SHOW server_version_num")[0][0]) // 10000


def template_name():
    """Changes with the Odoo package, the modules and the language."""
    return "template_" + digest(odoo_source.key(), *CORE_MODULES, LANGUAGES)


def template(server):
    """The name of the template database, built first when it is not there."""
    name = template_name()
    if exists(server, name):
        return name
    with lock(f"{server.name}.template"):
        if exists(server, name):
            return name
        need_space(STATE, 2)
        new = f"building_{name}"
        drop(server, new)
        try:
            with stage("building the template database of the core modules"):
                modules = ",".join(CORE_MODULES)
                run_odoo(
                    server,
                    ["-d", new, "-i", modules, f"--load-language={LANGUAGES}", *QUIETLY],
                    "the template database could not be built",
                    log=f"{name}.log",
                )
        except BaseException:
            drop(server, new)
            raise
        rename(server, new, name)
        for other in server.databases():
            if other.startswith("template_") and other != name:
                drop(server, other)
    return name


def clone(server, name, force=False):
    """A fresh database of the core modules."""
    check_name(name)
    source = template(server)
    if exists(server, name):
        if not force:
            raise Refusal(f"the database {name} exists: use --force to replace it.")
        drop(server, name)
    with lock(f"{server.name}.clone"):
        copy(server, source, name)
    # A copy is another database to everything that asks for its identity.
    server.sql(
        "UPDATE ir_config_parameter SET value = gen_random_uuid()::text "
        "WHERE key IN ('database.uuid', 'database.secret')",
        name,
    )


def main(arguments):
    """What Odoo's own ``bin/odoo db`` (duplicate, rename, dump, load, drop) does not do."""
    others = "bin/odoo db drops, duplicates, renames, dumps, loads."
    parser = argparse.ArgumentParser(prog="bin/odoo-db", description=__doc__, epilog=others)
    parser.add_argument("--cluster", choices=("served", "test"), help="instead of what ODOO_CLUSTER says")
    actions = parser.add_subparsers(dest="action", required=True)
    clone_parser = actions.add_parser("clone", help="a fresh database of the core modules")
    clone_parser.add_argument("name")
    clone_parser.add_argument("--force", action="store_true", help="replace a database of that name")
    psql_parser = actions.add_parser("psql", help="open psql on a database; psql postgres -l lists them")
    psql_parser.add_argument("name")
    psql_parser.add_argument("rest", nargs=argparse.REMAINDER)
    actions.add_parser("stop", help="stop the cluster")
    options = parser.parse_args(arguments)
    if options.cluster:
        os.environ["ODOO_CLUSTER"] = options.cluster
    setup.ensure()
    server = cluster.current()
    if options.action == "stop":
        server.stop()
        return 0
    server.start()
    if options.action == "clone":
        clone(server, options.name, options.force)
    else:
        become_user()
        line = [str(server.program("psql")), "-d", options.name, *options.rest]
        os.chdir(STATE)
        os.execve(line[0], line, clean_environment() | server.environment())
    return 0


if __name__ == "__main__":
    entry(main)
