"""Serve Odoo with the suite on this machine: installs, builds the database, starts, tells the logins."""

import argparse
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import cluster, database, odoo_run, setup, suite, venv
from .common import ROOT, STATE, Refusal, lock, need_space, say, stage, user_directory
from .entry import entry

DEFAULT_PORT = 8069
DEFAULT_DATABASE = "outsourcing"
START_SECONDS = 120


# The running server


def started_at(pid):
    """When a process started: with the pid that names one process for good. None when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def record_path(port):
    return STATE / "run" / f"serve-{port}.json"


def running(port):
    """What we know of the server that we started on this port, or None when it no longer runs."""
    try:
        record = json.loads(record_path(port).read_text())
    except (OSError, ValueError):
        return None
    return record if started_at(record["pid"]) == record["started"] else None


def ports():
    """Every port on which this command has started a server."""
    return [int(path.stem.rpartition("-")[2]) for path in (STATE / "run").glob("serve-*.json")]


def refuse_taken(name, port):
    """What runs on the port for this database, or None. Anything else that holds either of them is named."""
    ours = running(port)
    if not ours and not port_free(port):
        raise Refusal(f"port {port} is taken by another program: choose another one with --port.")
    if ours and ours["database"] != name:
        raise Refusal(f"port {port} serves the database {ours['database']}: choose another one with --port.")
    for other in ports():
        # an update would pull the database away from under it
        if other != port and (record := running(other)) and record["database"] == name:
            raise Refusal(
                f"http://localhost:{other} serves the database {name}: open that, end it with "
                f"bin/serve --stop --port {other}, or name another database with --database."
            )
    return ours


def stop(port):
    """End the server we started on this port; True when there was one."""
    record = running(port)
    if record:
        os.kill(record["pid"], signal.SIGTERM)
        deadline = time.monotonic() + 20
        while running(port) and time.monotonic() < deadline:
            time.sleep(0.1)
        if running(port):
            os.kill(record["pid"], signal.SIGKILL)
    record_path(port).unlink(missing_ok=True)
    return bool(record)


def stop_all(port):
    """`--stop`: our servers (or the one on the port), then our database server when nobody else uses it."""
    stopped = [number for number in ([port] if port else ports()) if stop(number)]
    server = cluster.Cluster("pg", True)
    if cluster.postgres_bin() and server.running():
        others = server.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' "
            "AND pid <> pg_backend_pid()"
        )[0][0]
        if others == "0":
            server.stop()
    say(
        "stopped: " + ", ".join(f"http://localhost:{number}" for number in stopped)
        if stopped
        else "nothing was running"
    )


def port_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port, path="/web/health"):
    with contextlib.suppress(OSError, urllib.error.URLError):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status == 200
    return False


def start(server, name, port, workers=0):
    """Start the server in the background and wait until it answers."""
    log = user_directory(STATE / "log") / f"serve-{port}.log"
    arguments = [
        "-d",
        name,
        f"--db-filter=^{re.escape(name)}$",
        f"--http-port={port}",
        f"--workers={workers}",
        "--max-cron-threads=1",
    ]
    with open(log, "w", encoding="utf-8") as handle:
        process = subprocess.Popen(
            odoo_run.command(arguments),
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **odoo_run.subprocess_options(server),
        )
    record = {
        "pid": process.pid,
        "started": started_at(process.pid),
        "database": name,
        "modules": suite.fingerprints(),
    }
    record_path(port).write_text(json.dumps(record))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            record_path(port).unlink(missing_ok=True)
            raise Refusal(f"Odoo did not start, see {log}{database.last_error(log)}")
        if answers(port):
            break
        time.sleep(0.2)
    else:
        stop(port)
        raise Refusal(f"Odoo did not answer within {START_SECONDS} seconds, see {log}")
    if not answers(port, "/web/login"):
        stop(port)
        raise Refusal(f"Odoo started but its login page fails, see {log}{database.last_error(log)}")


# The database


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
    read, write = os.pipe()
    with os.fdopen(write, "w") as handle:
        handle.write(prefix + (ROOT / "tools" / "shell" / f"{script}.py").read_text())
    with os.fdopen(read) as stdin:
        database.run_odoo(
            server,
            ["shell", "-d", name, "--no-http", "--log-level=warn"],
            problem,
            log=f"{script}.log",
            stdin=stdin,
        )


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
            database.run_odoo(server, arguments, "the add-ons could not be installed", log="install.log")
    keep_demonstration(server, name, shown)
    installed = installed_modules(server, name)
    if missed := [module for module in ours if module not in installed]:
        raise Refusal(f"not installed: {', '.join(missed)}, see {STATE / 'log' / 'install.log'}")
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


# The command


def tell(server, name, port):
    """Address and logins; only those that exist."""
    logins = {row[0] for row in server.sql("SELECT login FROM res_users WHERE active", name)}
    print(f"\nOdoo 19 with the property outsourcing suite: http://localhost:{port}\n")
    for role, login, password in suite.LOGINS:
        if login in logins:
            print(f"  {role:<32} {login:<12} password {password}")
    print("\nEnd it with: bin/serve --stop", flush=True)


def port_number(text):
    if not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port from 1024 to 65535")
    return int(text)


class Parser(argparse.ArgumentParser):
    def error(self, message):
        """One sentence, not the whole usage."""
        raise Refusal(f"{message} (see --help)")


def parse(arguments):
    parser = Parser(prog="bin/serve", description=__doc__)
    parser.add_argument("--port", type=port_number, help=f"port on localhost (default {DEFAULT_PORT})")
    parser.add_argument("--database", default=DEFAULT_DATABASE, help=f"default {DEFAULT_DATABASE}")
    parser.add_argument("--no-demo", action="store_true", help="an empty company, no demonstration")
    parser.add_argument("--fresh", action="store_true", help="drop the database and build it anew")
    parser.add_argument("--stop", action="store_true", help="end the servers that this command started")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    if options.stop:
        stop_all(options.port)
        return 0
    name, port = database.check_name(options.database), options.port or DEFAULT_PORT
    refuse_taken(name, port)
    suite.modules()
    setup.ensure()
    venv.check()
    server = cluster.Cluster("pg", True).start()
    with lock(f"serve-{name}", f"another bin/serve prepares the database {name}: waiting for it ..."):
        serve(server, name, port, options)
    tell(server, name, port)
    return 0


def serve(server, name, port, options):
    """Have the database as the code is now, and a server on it; one caller at a time per database."""
    ours = refuse_taken(name, port)
    if ours and (options.fresh or ours["modules"] != suite.fingerprints()):
        stop(port)
        ours = None
    prepare(server, name, not options.no_demo, options.fresh)
    if not ours:
        address = f"http://localhost:{port}"
        server.sql(f"UPDATE ir_config_parameter SET value = '{address}' WHERE key = 'web.base.url'", name)
        with stage("starting Odoo"):
            start(server, name, port)


if __name__ == "__main__":
    entry(main)
