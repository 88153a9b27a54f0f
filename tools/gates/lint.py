"""bin/lint: hands over to the Python environment, as the unprivileged user unless files are to be written."""

import os
import sys

from tools import setup, venv
from tools.common import ROOT, STATE, become_user, clean_environment, entry


def environment():
    """Where the gates find Python, the linters and our tools."""
    found = clean_environment()
    return found | {
        "PYTHONPATH": str(ROOT),
        "PATH": f"{venv.LINK}/bin:{found['PATH']}",
        "FONTCONFIG_FILE": str(STATE / "fonts.conf"),
    }


def main(arguments):
    """Replace this process by the gates' own."""
    setup.ensure()
    found = environment()
    if "--fix" not in arguments:
        become_user()
    else:
        found["PYTHONDONTWRITEBYTECODE"] = "1"
    os.chdir(ROOT)
    sys.stdout.flush()
    python = str(venv.LINK / "bin/python")
    os.execve(python, [python, "-m", "tools.gates.check", *arguments], found)


if __name__ == "__main__":
    entry(main)
