"""Odoo running in the background on a port of this machine: started, known again, ended."""

import contextlib
import re
import socket
import subprocess
import time
import urllib.request

import psutil

from . import database, odoo_run
from .common import STATE, Refusal

START_SECONDS = 120
LINE = re.compile(rf"{re.escape(str(odoo_run.LAUNCHER))} -d (\S+) --db-filter=\S+ --http-port=(\d+)")


def servers():
    """Process and database of every server that we started and that still runs, by port."""
    found = {}
    begun = psutil.process_iter(["cmdline", "create_time"])
    for process in sorted(begun, key=lambda process: process.info["create_time"]):
        if match := LINE.search(" ".join(process.info["cmdline"] or [])):
            found.setdefault(int(match[2]), (process, match[1]))  # its workers come after it
    return found


def stop(*ports):
    """End the servers we started on these ports."""
    running = servers()
    ended = [running[port][0] for port in ports if port in running]
    for process in ended:
        process.terminate()
    _gone, alive = psutil.wait_procs(ended, timeout=20)
    for process in alive:
        process.kill()


def port_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port):
    """Whether the login page is there."""
    with contextlib.suppress(OSError):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{port}/web/login", timeout=30) as answer:
            return answer.status == 200
    return False


def start(server, name, port, workers=0):
    """Start the server in the background and wait until it answers."""
    stop(port)
    if not port_free(port):
        raise Refusal(f"port {port} is taken by another program: choose another one with --port.")
    log = STATE / "log" / f"serve-{port}.log"
    arguments = ["-d", name, f"--db-filter=^{re.escape(name)}$", f"--http-port={port}"]
    arguments += [f"--workers={workers}", "--max-cron-threads=1"]
    with open(log, "w", encoding="utf-8") as handle:
        process = subprocess.Popen(
            odoo_run.command(arguments),
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **odoo_run.subprocess_options(server),
        )
    deadline = time.monotonic() + START_SECONDS
    while not answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            stop(port)
            raise Refusal(f"Odoo did not start, see {log}{database.last_error(log)}")
        time.sleep(0.2)
