"""The Python environment: pinned packages, and Odoo on its path."""

import contextlib
import shutil
import subprocess
from pathlib import Path

from . import odoo_source
from .common import ROOT, STATE, Refusal, digest, need_space, run, stage

PYTHON = Path("/usr/bin/python3")
LINK = STATE / "venv"
REQUIREMENTS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")


def key():
    """Changes when the environment has to be built anew."""
    version = run([PYTHON, "-c", "import sys; print(sys.version)"], problem="there is no /usr/bin/python3")
    return digest(version, *REQUIREMENTS, STATE)


def install():
    """Build the environment under a name of its own, then point the link at it."""
    home = STATE / f"venv-{key()}"
    if not (home / "complete").is_file():
        need_space(STATE, 1)
        for old in STATE.glob("venv-*"):
            # The one in use stays until the next time: somebody may be running from it.
            if not LINK.exists() or old != LINK.resolve():
                shutil.rmtree(old)
        with contextlib.ExitStack() as stack:
            stack.callback(_remove_incomplete, home)
            with stage("building the Python environment"):
                run(
                    [PYTHON, "-m", "venv", "--clear", home],
                    problem="the Python environment could not be made",
                )
                command = [home / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
                for path in REQUIREMENTS:
                    command += ["-r", path]
                run(command, problem="the Python packages could not be installed")
            (home / "complete").touch()
    link_odoo(home)
    if not LINK.exists() or LINK.resolve() != home:
        fresh = STATE / "venv.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(home.name)
        fresh.rename(LINK)
    return home


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
        [LINK / "bin/python", "-c", "import odoo.cli, odoo.http, odoo.service.server"],
        check=False,
        capture_output=True,
        text=True,
        cwd=STATE,
    )
    if probe.returncode:
        raise Refusal(f"Odoo does not start: {probe.stderr.strip().splitlines()[-1]}")
