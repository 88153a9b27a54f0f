"""The hooks of .pre-commit-config.yaml: all of them on every file, but pylint on what differs from main.

A new file is looked at when git knows of it. `bin/lint NAME...` runs some of them; `--all` has pylint look at
every file, `--fix` formats Python first.
"""

import argparse
import subprocess

from . import venv
from .common import ROOT, STATE, clean_environment

SLOW = "pylint-odoo"


def environment():
    """Where the linters find Python, each other and our tools, and git trusts the owner of the checkout."""
    found = clean_environment()
    return found | {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": f"{venv.home()}/bin:{found['PATH']}",
        "FONTCONFIG_PATH": str(ROOT / "tools" / "fonts"),
        "PRE_COMMIT_HOME": str(STATE / "home" / "pre-commit"),
        "PYLINTHOME": str(STATE / "home" / "pylint"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }


def changed():
    """Files that differ from the main branch, committed or not; on the branch itself those not committed."""
    for start in ("--merge-base", "main"), ("HEAD",):
        command = ["git", "diff", "--name-only", "--diff-filter=d", *start]
        done = subprocess.run(
            command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
        )
        if names := done.stdout.splitlines():
            return names
    return []


def pre_commit(*arguments, skip=""):
    """Run hooks; answers whether they are content."""
    command = ["pre-commit", "run", "--color=never", *arguments]
    found = environment() | {"SKIP": skip}
    return not subprocess.run(command, cwd=ROOT, env=found, check=False).returncode


def main(arguments):
    """Run what is asked for; pre-commit names the hook that fails."""
    parser = argparse.ArgumentParser(
        prog="bin/lint", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="the id of a hook")
    parser.add_argument("--all", action="store_true", help="all of them on every file, as bin/test does")
    parser.add_argument("--fix", action="store_true", help="format Python first")
    options = parser.parse_args(arguments)
    if options.fix:
        for command in (["check", "--fix"], ["format"]):
            subprocess.run([venv.program("ruff"), *command, "-q", "--no-cache", "."], cwd=ROOT, check=False)
    # named no file at all, pre-commit would look at what is staged
    slow = ["--all-files"] if options.all else ["--files", *(changed() or ["README.md"])]
    if options.names:
        fine = [pre_commit(name, *(slow if name == SLOW else ["--all-files"])) for name in options.names]
    elif options.all:
        fine = [pre_commit("--all-files")]
    else:
        fine = [pre_commit("--all-files", skip=SLOW), pre_commit(SLOW, *slow)]
    if not all(fine):
        print('one hook alone: bin/lint NAME, where NAME stands behind "hook id"')
    return 0 if all(fine) else 1
