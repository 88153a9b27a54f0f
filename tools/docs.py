"""The documentation as a site, from the papers, the readme fragments and the code."""

import argparse
import os
import shutil
import subprocess
import sys

from . import cluster, kept, setup, venv
from .common import ROOT, STATE, Refusal, clean_environment, digest, user_directory
from .entry import entry

REQUIREMENTS = ROOT / "requirements-docs.txt"


def program():
    """The site builder, in an environment of its own: its libraries are newer than Odoo's."""
    home = STATE / f"docs-{digest(REQUIREMENTS, STATE)}"
    if not (home / "complete").is_file():
        venv.build(home, [REQUIREMENTS], "building the environment of the site")
    return str(home / "bin/mkdocs")


def take_pictures(name):
    """Have a browser show the demonstration ``name`` to each role; what it shows goes to docs/pictures."""
    file = ROOT / "tools" / "site" / "pictures.py"
    taken = user_directory(STATE / "pictures")  # by Odoo's user, who writes into no checkout
    command = kept.pytest(cluster.current().start(), name, str(file))
    command["env"]["PICTURES"] = str(taken)
    if subprocess.run(**command, check=False).returncode:
        raise Refusal("the pictures could not be taken.")
    shutil.copytree(taken, ROOT / "docs" / "pictures", dirs_exist_ok=True)


def main(arguments):
    """Replace this process by mkdocs."""
    parser = argparse.ArgumentParser(prog="bin/docs", description=__doc__)
    parser.add_argument(
        "--serve", action="store_true", help="show it on http://localhost:8000 and follow changes"
    )
    parser.add_argument(
        "--pictures", metavar="DATABASE", help="take the guide's pictures of this demonstration first"
    )
    options = parser.parse_args(arguments)
    setup.ensure()
    if options.pictures:
        take_pictures(options.pictures)
    command = [program(), *(["serve"] if options.serve else ["build", "--strict"])]
    os.chdir(ROOT)
    if not options.serve:
        print(f"the site: {STATE / 'site' / 'index.html'}")
    sys.stdout.flush()
    os.execve(
        command[0], command, clean_environment() | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    )


if __name__ == "__main__":
    entry(main)
