"""Where things are, which user runs them, and how to run a command or give up."""

import contextlib
import fcntl
import functools
import grp
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = (ROOT / ".state").resolve()  # may be a link to a larger disk
SERVICE_USER = "odoo"


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


def is_root():
    return os.geteuid() == 0


@functools.cache
def run_user():
    """The unprivileged account that PostgreSQL and Odoo run as.

    An ordinary caller is that account himself. For root it is the checkout's owner, or else a system user.
    """
    if not is_root():
        return pwd.getpwuid(os.geteuid())
    owner = ROOT.stat().st_uid
    if owner:
        with contextlib.suppress(KeyError):
            return pwd.getpwuid(owner)
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        home = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
        subprocess.run(["useradd", "--system", "--user-group", *home, SERVICE_USER], check=True)
        return pwd.getpwnam(SERVICE_USER)


def user_directory(path, mode=0o755):
    """Make a directory that belongs to the run user."""
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        if is_root():
            os.chown(path, run_user().pw_uid, run_user().pw_gid)
        path.chmod(mode)
    return path


def clean_environment():
    """The caller's environment without what would steer Python, PostgreSQL or Odoo elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PIP_", "PG", "ODOO_", "OPENERP_", "VIRTUAL_ENV", "PYENV", "SUDO_"))
    }
    user = run_user()
    kept.update(
        {
            "HOME": str(user_directory(STATE / "home")),
            "USER": user.pw_name,
            "LOGNAME": user.pw_name,
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "PYTHONPYCACHEPREFIX": str(user_directory(STATE / "pycache")),
        }
    )
    return kept


@functools.cache
def checkout_reachable():
    """Whether the run user can get at the checkout, which root may have put into a private folder."""
    if not is_root():
        return True
    probe = subprocess.run(["test", "-r", ROOT, "-a", "-x", ROOT], check=False, cwd="/", **as_database_user())
    return probe.returncode == 0


def as_user():
    """Keyword arguments for subprocess that drop root's privileges for Odoo, where that is possible."""
    return as_database_user() if checkout_reachable() else {}


def as_database_user():
    """The same for PostgreSQL, which refuses to run as root."""
    if not is_root():
        return {}
    user = run_user()
    return {
        "user": user.pw_uid,
        "group": user.pw_gid,
        "extra_groups": [group.gr_gid for group in grp.getgrall() if user.pw_name in group.gr_mem],
    }


def become_user():
    """Drop root's privileges in this very process, before exec."""
    drop = as_user()
    if drop:
        os.setgroups(drop["extra_groups"])
        os.setgid(drop["group"])
        os.setuid(drop["user"])


def run(command, *, user=False, problem=None, env=None, **options):
    """Run a command quietly; when it fails, refuse with `problem` and the last line it said.

    :param user: run it as the account that PostgreSQL runs as
    """
    if user:
        options |= as_database_user()
        env = env or clean_environment()
        options.setdefault("cwd", "/")
    done = subprocess.run(
        [str(part) for part in command],
        text=True,
        env=env,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        **options,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise Refusal(f"{problem or 'failed: ' + Path(str(command[0])).name} ({said.strip()})")
    return done.stdout


@contextlib.contextmanager
def lock(name, waiting=None):
    """One at a time, across processes.

    :param waiting: what to say when another one is at it
    """
    STATE.mkdir(exist_ok=True)
    with open(STATE / f"{name}.lock", "a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def digest(*parts):
    """A short key of strings and files."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.read_bytes() if isinstance(part, Path) and part.is_file() else str(part).encode())
        total.update(b"\0")
    return total.hexdigest()[:16]


def need_space(path, gigabytes):
    """Refuse when less than so many gigabytes are free."""
    free = shutil.disk_usage(path).free
    if free < gigabytes * 1024**3:
        raise Refusal(f"{path} has only {free / 1024**3:.1f} GB free, {gigabytes} GB are needed.")
