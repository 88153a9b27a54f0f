"""bin/lint: hands over to the Python environment, as the unprivileged user unless files are to be written."""

import os
import re
import sys

from . import setup, venv
from .common import ROOT, STATE, become_user, clean_environment
from .entry import entry

# What pre-commit says about a hook.
LINE = re.compile(r"^(?P<name>[\w-]+).*?\.{3,}.*?(?P<state>Passed|Failed|Skipped)$")


def environment():
    """Where the linters find Python, each other and our tools, and git trusts the owner of the checkout."""
    found = clean_environment()
    return found | {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": f"{venv.home()}/bin:{found['PATH']}",
        "FONTCONFIG_FILE": str(STATE / "fonts.conf"),
        "PRE_COMMIT_HOME": str(STATE / "home" / "pre-commit"),
        "PYLINTHOME": str(STATE / "home" / "pylint"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }


def main(arguments):
    """Replace this process by one that has the linters."""
    setup.ensure()
    if "--fix" not in arguments:
        become_user()
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execve(venv.program(), [venv.program(), "-m", "tools.gates.lint", *arguments], environment())


if __name__ == "__main__":
    entry(main)
