"""The Python environment: pinned packages, and Odoo on its path."""

import functools
import shutil
import sys
import time

from . import odoo_source
from .common import ROOT, STATE, digest, run, stage

LINK = STATE / "venv"  # the newest, for people and their editors; commands use their own
REQUIREMENTS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
KEPT_DAYS = 30


@functools.cache
def home():
    """This checkout's environment. Others that share the state directory may stand on other requirements."""
    return STATE / f"venv-{digest(sys.version, *REQUIREMENTS, STATE)}"


def program(name="python"):
    """A program of the environment, as a command line has it."""
    return str(home() / "bin" / name)


def install():
    """Have the environment, with Odoo on its path, and the link point at it."""
    if not (home() / "complete").is_file():
        for old in STATE.glob("venv-*"):
            if time.time() - old.stat().st_mtime > KEPT_DAYS * 24 * 3600:
                shutil.rmtree(old)
        build(home(), REQUIREMENTS, "building the Python environment")
    [site] = home().glob("lib/python3*/site-packages")
    path = site / "odoo.pth"
    if not path.is_file() or path.read_text() != f"{odoo_source.locate()}\n":
        path.write_text(f"{odoo_source.locate()}\n")
    if not LINK.exists() or LINK.resolve() != home():
        LINK.unlink(missing_ok=True)
        LINK.symlink_to(home().name)


def build(here, requirements, title):
    """Make an environment from requirements files; it is marked when it is complete."""
    with stage(title):
        run(["/usr/bin/python3", "-m", "venv", "--clear", here], "the Python environment could not be made")
        command = [here / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        for path in requirements:
            command += ["-r", path]
        run(command, "the Python packages could not be installed")
    (here / "complete").touch()
