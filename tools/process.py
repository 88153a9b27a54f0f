"""Odoo running in the background on a port of this machine: started, known again, ended."""

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

from . import cluster, database, odoo_run, suite
from .common import STATE, Refusal, say, user_directory

START_SECONDS = 120


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
