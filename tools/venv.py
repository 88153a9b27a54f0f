"""The Python environment: pinned packages, and Odoo on its path."""

import contextlib
import functools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from . import odoo_source
from .common import ROOT, STATE, Refusal, digest, need_space, run, stage

PYTHON = Path("/usr/bin/python3")
LINK = STATE / "venv"  # the newest, for people and their editors; commands use their own
REQUIREMENTS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
KEPT_DAYS = 30


@functools.cache
def home():
    """This checkout's environment. Others that share the state directory may stand on other requirements."""
    version = run([PYTHON, "-c", "import sys; print(sys.version)"], problem="there is no /usr/bin/python3")
    return STATE / f"venv-{digest(version, *REQUIREMENTS, STATE)}"


def program(name="python"):
    """A program of the environment, as a command line has it."""
    return str(home() / "bin" / name)


def enter():
    """Go on in the environment's Python, where what is pinned can be imported."""
    if Path(sys.prefix) != home():
        os.execv(program(), [program(), *sys.orig_argv[1:]])


def install():
    """Build the environment under a name of its own, then point the link at it."""
    here = home()
    if not (here / "complete").is_file():
        _remove_old()
        build(here, REQUIREMENTS, "building the Python environment")
    link_odoo(here)
    if not LINK.exists() or LINK.resolve() != here:
        fresh = STATE / "venv.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(here.name)
        fresh.rename(LINK)
    return here


def build(here, requirements, title):
    """Make an environment of its own from requirements files; a half-built one does not stay."""
    need_space(STATE, 1)
    with contextlib.ExitStack() as stack:
        stack.callback(_remove_incomplete, here)
        with stage(title):
            run([PYTHON, "-m", "venv", "--clear", here], problem="the Python environment could not be made")
            command = [here / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            for path in requirements:
                command += ["-r", path]
            run(command, problem="the Python packages could not be installed")
        (here / "complete").touch()


def _remove_old():
    """Environments that nobody has set up for long; another checkout may be running from a younger one."""
    for old in STATE.glob("venv-*"):
        complete = old / "complete"
        if complete.is_file() and time.time() - complete.stat().st_mtime < KEPT_DAYS * 24 * 3600:
            continue
        if not LINK.exists() or old != LINK.resolve():
            shutil.rmtree(old)


def _remove_incomplete(home):
    if not (home / "complete").is_file():
        shutil.rmtree(home, ignore_errors=True)


def link_odoo(home):
    """Put Odoo on the environment's path; its metadata too, so that installers see it."""
    odoo = odoo_source.locate()
    if not odoo:
        raise Refusal("Odoo is not here yet, run bin/setup.")
    site = next(home.glob("lib/python3*/site-packages"))
    (site / "odoo.pth").write_text(f"{odoo}\n")
    for old in site.glob("odoo-19*.egg-info"):
        old.unlink()
    for metadata in odoo.glob("odoo-19*.egg-info"):
        (site / metadata.name).symlink_to(metadata)


def check():
    """Odoo can be imported, or say what is missing."""
    probe = subprocess.run(
        [program(), "-c", "import odoo.cli, odoo.http, odoo.service.server"],
        check=False,
        capture_output=True,
        text=True,
        cwd=STATE,
    )
    if probe.returncode:
        raise Refusal(f"Odoo does not start: {probe.stderr.strip().splitlines()[-1]}")
