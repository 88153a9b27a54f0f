"""Bring an add-on's terms up to date: export its .pot from a database of its own, merge it into its Chinese.

The export runs where the add-on stands with nothing but its dependencies: with a sibling installed it would
name the sibling's fields as its own. Translations stay as they are, also their order and line breaks; what is
left to translate is listed.
"""

import argparse
import os
import re
import shutil
import subprocess

from . import cluster, database, odoo_run, setup, suite, venv
from .common import ROOT, Refusal, stage
from .entry import entry


def export(server, module):
    """Write a fresh .pot of the add-on, made in a throw-away database."""
    name = f"terms_{os.getpid()}_{module}"[:60]
    path = suite.ADDONS / module / "i18n" / f"{module}.pot"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        database.clone(server, name, force=True)
        database.run_odoo(
            server,
            ["-d", name, "-i", module, *database.QUIETLY],
            f"{module} could not be installed",
            log=f"terms-{module}.log",
        )
        # written by whom the checkout belongs to, which Odoo's own account need not be
        options = odoo_run.subprocess_options(server)
        options["env"]["HOME"] = os.environ.get("HOME", "/")
        done = subprocess.run(
            odoo_run.command(["i18n", "export", "-d", name, "-l", "pot", "-o", str(path), module]),
            capture_output=True,
            text=True,
            check=False,
            env=options["env"],
            cwd=ROOT,
        )
        if done.returncode:
            said = (done.stderr.strip() or "no output").splitlines()[-1]
            raise Refusal(f"the terms of {module} could not be exported ({said})")
    finally:
        database.drop(server, name)
    fresh = path.read_text(encoding="utf-8")
    if not fresh:  # an add-on without a word of its own: a template all the same, not a lost export
        path.write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    elif _undated(fresh) == _undated(before):
        path.write_text(before, encoding="utf-8")


def _undated(text):
    """The file without the moment of its export, which alone is no change."""
    return re.sub(r'"(POT-Creation|PO-Revision)-Date: .*', "", text)


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/i18n", description=__doc__.split("\n\n")[0])
    parser.add_argument("addons", nargs="*", metavar="ADDON", help="an add-on in addons/; none: all of them")
    parser.add_argument("--merge-only", action="store_true", help="take the .pot as it is")
    options = parser.parse_args(arguments)
    known = suite.modules()
    if unknown := set(options.addons) - set(known):
        raise Refusal(f"there is no add-on {', '.join(sorted(unknown))}, only: {', '.join(known)}.")
    os.environ["ODOO_CLUSTER"] = "test"
    setup.ensure()
    venv.enter()
    from .gates import translations  # stands on a library that only the environment has

    server = cluster.current().start()
    complete = True
    for module in options.addons or known:
        folder = suite.ADDONS / module / "i18n"
        folder.mkdir(exist_ok=True)
        if not options.merge_only:
            with stage(f"exporting the terms of {module}"):
                export(server, module)
        if not (folder / "zh_CN.po").exists():
            shutil.copy(folder / f"{module}.pot", folder / "zh_CN.po")
        for msgid in translations.merge(folder / f"{module}.pot", folder / "zh_CN.po"):
            print(f"untranslated in {module}: {msgid!r}")
            complete = False
    return 0 if complete else 1


if __name__ == "__main__":
    entry(main)
