"""Bring an add-on's terms up to date: export its .pot from a database of its own, merge it into its Chinese.

The export runs where the add-on stands with nothing but its dependencies: with a sibling installed it would
name the sibling's fields as its own. Translations stay as they are, each under its term; what is left to
translate is listed.
"""

import argparse
import os
import shutil

from . import cluster, database, suite
from .common import ROOT, Refusal, digest, stage
from .gates import translations


def export(server, module, path):
    """Write a fresh .pot of the add-on, made in a throw-away database."""
    name = f"terms_{digest(ROOT)[:8]}_{module}"[:60]  # made anew where a killed run left it
    try:
        database.clone(server, name)
        database.install(server, name, ["-i", module], f"{module} could not be installed")
        line = ["i18n", "export", "-d", name, "-l", "pot", "-o", path, module]
        problem = f"the terms of {module} could not be exported"
        database.run_odoo(server, line, problem, log=f"export-{name}.log")
    finally:
        database.drop(server, name)


def bring_up_to_date(server, module):
    """Export and merge the terms of the add-on; answers those that are left to translate."""
    folder = suite.ADDONS / module / "i18n"
    folder.mkdir(exist_ok=True)
    template, chinese = folder / f"{module}.pot", folder / "zh_CN.po"
    before = template.read_text(encoding="utf-8") if template.exists() else ""
    with stage(f"exporting the terms of {module}"):
        export(server, module, template)
    fresh = template.read_text(encoding="utf-8") or translations.NO_TERMS
    same = before and translations.terms(before) == translations.terms(fresh)
    template.write_text(before if same else fresh, encoding="utf-8")
    if not chinese.exists():
        shutil.copy(template, chinese)
    terms, have = translations.read(folder)
    merged = translations.merge(terms, have)
    if str(merged) != str(have):
        merged.save(chinese)
    return [entry.msgid for entry in merged if translations.is_open(entry)]


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/i18n", description=__doc__.split("\n\n")[0])
    parser.add_argument("addons", nargs="*", metavar="ADDON", help="an add-on in addons/; none: all of them")
    options = parser.parse_args(arguments)
    known = suite.modules()
    if unknown := set(options.addons) - set(known):
        raise Refusal(f"there is no add-on {', '.join(sorted(unknown))}, only: {', '.join(known)}.")
    os.environ["ODOO_CLUSTER"] = "test"
    server = cluster.current().start()
    complete = True
    for module in options.addons or known:
        for msgid in bring_up_to_date(server, module):
            print(f"untranslated in {module}: {msgid!r}")
            complete = False
    return 0 if complete else 1
