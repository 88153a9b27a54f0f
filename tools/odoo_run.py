"""Run Odoo's command line with our configuration, add-ons path and cluster."""

import os
import sys

from . import cluster, venv
from .common import ROOT, STATE, clean_environment

LAUNCHER = ROOT / "tools" / "launcher" / "odoo"


def environment(server):
    """The environment in which Odoo finds everything; the command line still overrides it."""
    found = clean_environment() | server.environment()
    return found | {
        "ODOO_RC": str(ROOT / "odoo.conf"),
        "ODOO_ADDONS_PATH": f"{ROOT / 'addons'},{ROOT / 'tests'}",
        "ODOO_DATA_DIR": str(STATE / "data" / server.name),
        "ODOO_HTTP_INTERFACE": "127.0.0.1",
        "ODOO_SCREENSHOTS": str(STATE / "screenshots"),
        "FONTCONFIG_PATH": str(ROOT / "tools" / "fonts"),
        "VIRTUAL_ENV": str(venv.home()),
        "PATH": f"{venv.home()}/bin:{cluster.postgres_bin()}:{found['PATH']}",
    }


def python():
    """The Python that finds Odoo and our tools."""
    return [venv.program()]


def command(arguments):
    return [*python(), str(LAUNCHER), *arguments]


def subprocess_options(server):
    """Environment and directory for subprocess."""
    return {"env": environment(server), "cwd": ROOT}


def replace_process(line):
    """Become this command, in Odoo's environment."""
    found = environment(cluster.current().start())
    sys.stdout.flush()
    os.execve(line[0], line, found)


def main(arguments):
    """Odoo's own command line; replaces this process."""
    replace_process(command(arguments))
