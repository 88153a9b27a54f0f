"""The hooks of .pre-commit-config.yaml: seconds on everything, the two pylints on what changed since main.

`bin/lint NAME...` runs some of them, `--all` has pylint look at every file, `--fix` formats first.
"""

import argparse
import subprocess

from . import setup, venv
from .common import ROOT, STATE, as_user, clean_environment
from .entry import entry
from .gates import xml_format
from .gates.base import Checkout

SLOW = ("pylint-odoo", "odoo-pylint")


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


def changed(kept):
    """Those of the files that differ from the main branch, committed or not."""

    def git(*arguments):
        command = ["git", *arguments, "-z"]
        done = subprocess.run(
            command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
        )
        return [name for name in done.stdout.split("\0") if name]

    names = git("diff", "--name-only", "--merge-base", "main") or git("diff", "--name-only", "HEAD")
    return sorted(set(kept).intersection(names + git("ls-files", "-o", "--exclude-standard")))


def run(files, *name, skipped=()):
    """Run one hook, or all but those to be skipped; answers whether they are content with these files."""
    return not files or not subprocess.run(
        ["pre-commit", "run", *name, "--color=never", "--files", *files],
        cwd=ROOT, env=environment() | {"SKIP": ",".join(skipped)}, check=False, **as_user(),
    ).returncode  # fmt: skip


def main(arguments):
    """Run what is asked for; pre-commit names the hook that fails."""
    parser = argparse.ArgumentParser(
        prog="bin/lint", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="the id of a hook")
    parser.add_argument("--all", action="store_true", help="all of them on every file, as bin/test does")
    parser.add_argument("--fix", action="store_true", help="format Python and XML first")
    options = parser.parse_args(arguments)
    setup.ensure()
    checkout = Checkout(ROOT)
    if options.fix:
        for command in (["check", "--fix"], ["format"]):
            subprocess.run([venv.program("ruff"), *command, "-q", "--no-cache", "."], cwd=ROOT, check=False)
        for path in xml_format.fix(checkout):
            print(f"formatted {checkout.relative(path)}")
    kept = [checkout.relative(path) for path in checkout.kept]
    files = kept if options.all else changed(kept)
    if options.names:
        fine = [run(files if name in SLOW else kept, name) for name in options.names]
    elif options.all:
        fine = [run(kept)]
    else:
        fine = [run(kept, skipped=SLOW), *(run(files, name) for name in SLOW)]
    if not all(fine):
        print('one hook alone: bin/lint NAME, where NAME stands behind "hook id"')
    return 0 if all(fine) else 1


if __name__ == "__main__":
    entry(main)
