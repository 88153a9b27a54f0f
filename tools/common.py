"""Where things are, and how to run a command or give up."""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = (ROOT / ".state").resolve()  # may be a link to a larger disk


class Refusal(Exception):
    """Something a person has to settle; its text is one sentence for stderr."""


def say(text):
    """A progress line; on stderr, so that a command's own output stays clean."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def stage(text):
    """Announce a stage and tell how long it took."""
    say(f"{text} ...")
    start = time.monotonic()
    yield
    say(f"{text}: {time.monotonic() - start:.1f} s")


def clean_environment():
    """The caller's environment without what would steer Python, PostgreSQL or Odoo elsewhere."""
    steering = ("PYTHON", "PIP_", "PG", "ODOO_", "OPENERP_", "VIRTUAL_ENV", "PYENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(steering)}
    return kept | {
        "HOME": str(STATE / "home"),
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONPYCACHEPREFIX": str(STATE / "pycache"),
    }


def run(command, problem, **options):
    """Run a command quietly; when it fails, refuse with `problem` and the last line it said."""
    try:
        done = subprocess.run(
            command, text=True, check=False, stdin=subprocess.DEVNULL, capture_output=True, **options
        )
    except FileNotFoundError as error:
        raise Refusal(f"{problem} ({error})") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise Refusal(f"{problem} ({said.strip()})")
    return done.stdout


@contextlib.contextmanager
def lock(name):
    """One at a time, across processes."""
    with open(STATE / f"{name}.lock", "a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another command ({name}) ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def digest(*parts):
    """A short key of strings and files."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.read_bytes() if isinstance(part, Path) and part.is_file() else str(part).encode())
        total.update(b"\0")
    return total.hexdigest()[:16]
