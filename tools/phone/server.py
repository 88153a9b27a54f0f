"""The server of the trial: killed without warning and started again."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time

import requests

SECONDS = 90


class Server:
    """Two workers on a port of their own, in the environment of whoever starts them."""

    def __init__(self, launcher, database, port, log):
        self.address = f"http://127.0.0.1:{port}"
        self.command = [
            sys.executable,
            launcher,
            f"--database={database}",
            f"--db-filter=^{re.escape(database)}$",
            f"--http-port={port}",
            f"--gevent-port={port + 1000}",
            "--workers=2",
            "--max-cron-threads=0",
        ]
        self.log = log
        self.process = None

    def start(self):
        """Start and wait until it answers."""
        with open(self.log, "a", encoding="utf-8") as handle:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{self.address}/web/health", timeout=10).ok:
                    return
            time.sleep(0.1)
        raise TimeoutError(f"the server did not start, see {self.log}")

    def kill(self):
        """End it in the middle of whatever it does, with all its workers."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def log_in(self, login):
        """Return a ``requests.Session`` of a person whose password is the login."""
        session = requests.Session()
        page = session.get(f"{self.address}/web/login", timeout=SECONDS).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        form = {"login": login, "password": login, "csrf_token": token}
        session.post(f"{self.address}/web/login", data=form, timeout=SECONDS).raise_for_status()
        return session
