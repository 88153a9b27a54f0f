"""The hooks of .pre-commit-config.yaml: seconds on everything, the two pylints on what changed since main.

`bin/lint NAME...` runs some of them, `--all` has pylint look at every file, `--fix` formats first.
"""

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import yaml

from tools.gates import xml_format
from tools.gates.base import ROOT, Checkout
from tools.lint import LINE

SLOW = ("pylint-odoo", "odoo-pylint")
LONG = ("python-rules", "xml-format")  # as long as all the other quick ones: beside them


def git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=False, capture_output=True, text=True)
    return [name for name in done.stdout.split("\0") if name]


def kept(checkout):
    """Files that git has or would take."""
    return [checkout.relative(path) for path in checkout.kept]


def changed(checkout):
    """Those of them that differ from the main branch, committed or not."""
    main = "main" if git("rev-parse", "--verify", "-q", "main") else "HEAD"
    names = git("diff", "-z", "--name-only", "--merge-base", main)
    names += git("ls-files", "-z", "-o", "--exclude-standard")
    return sorted(set(kept(checkout)).intersection(names))


def run(names, files, known):
    """Run the named hooks on these files; answers what is said, which failed, whether all is well."""
    if not files or not names:
        return [], [], True
    skipped = ",".join(name for name in known if name not in names)
    done = subprocess.run(
        ["pre-commit", "run", "--color=never", "--files", *files],
        cwd=ROOT, check=False, capture_output=True, text=True, env=os.environ | {"SKIP": skipped},
    )  # fmt: skip
    said, failed, shown = [], [], True
    for line in (done.stdout + done.stderr).splitlines():
        if match := LINE.match(line):
            shown = match["state"] != "Skipped"
            failed += [match["name"]] if match["state"] == "Failed" else []
        if shown and line:
            said.append(line)
    return said, failed, not done.returncode


def main(arguments):
    """Print what each hook finds, and how to run one that fails alone."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    known = [hook["id"] for hook in hooks]
    parser = argparse.ArgumentParser(
        prog="bin/lint", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--all", action="store_true", help="all of them on every file, as bin/test does")
    parser.add_argument("--fix", action="store_true", help="format Python and XML first")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(known):
        print(f"lint: there is no {', '.join(sorted(unknown))}, only {', '.join(known)}", file=sys.stderr)
        return 2
    checkout = Checkout(ROOT)
    if options.fix:
        subprocess.run(["ruff", "check", "--fix", "--quiet", "--no-cache", "."], cwd=ROOT, check=False)
        subprocess.run(["ruff", "format", "--quiet", "--no-cache", "."], cwd=ROOT, check=False)
        for path in xml_format.fix(checkout):
            print(f"formatted {checkout.relative(path)}")
    names = options.names or known
    beside = [name for name in names if name in LONG]
    slow = [name for name in names if name in SLOW]
    quick = [name for name in names if name not in (*beside, *slow)]
    everything = kept(checkout)
    todo = (
        (quick, everything),
        (beside, everything),
        (slow, everything if options.all else changed(checkout)),
    )
    failed, well = [], True
    with ThreadPoolExecutor(2) as pool:
        for said, bad, fine in pool.map(lambda part: run(*part, known), todo):
            print(*said, sep="\n", end="\n" if said else "", flush=True)
            failed, well = failed + bad, well and fine
    for name in failed:
        print(f"failed: {name}, alone: bin/lint {name}")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
