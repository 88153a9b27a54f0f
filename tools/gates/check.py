"""Run the static gates; they need no database.

`bin/lint` runs all of them, `bin/lint NAME...` some, `bin/lint --fix` formats first.
"""

import argparse
import json
import sys
import time
import traceback
from collections import defaultdict

from . import house_rules, hygiene, manifests, odoo_lint, python_style, translations, xml_format
from .base import ROOT, Checkout, Finding


def compose(checkout):
    """docker-compose.yml and odoo.conf name only what exists."""
    from tools import check_compose

    return [Finding("docker-compose.yml", 0, str(text)) for text in check_compose.problems()]


GATES = {
    "ruff": python_style.ruff,
    "ruff-format": python_style.ruff_format,
    "pylint-odoo": python_style.pylint_odoo,
    "odoo-pylint": python_style.odoo_pylint,
    "odoo-lint": odoo_lint.check,
    "xml-format": xml_format.check,
    "xml-rules": house_rules.check_xml,
    "python-rules": house_rules.check_python,
    "manifests": manifests.check,
    "translations": translations.check,
    "hygiene": hygiene.check,
    "compose": compose,
}


def run(name, checkout):
    """One gate's findings. A gate that breaks, or that has nothing to look at, is red."""
    if not checkout.product:
        return [Finding("addons", 0, "there is no add-on")]
    try:
        return list(GATES[name](checkout))
    except Exception as error:
        traceback.print_exc()
        return [Finding(name, 0, f"the gate itself failed: {error!r}")]


def main(arguments):
    """Print a line per gate, the findings below it, and the count."""
    parser = argparse.ArgumentParser(
        prog="bin/lint", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("gates", nargs="*", metavar="NAME", help=", ".join(GATES))
    parser.add_argument("--fix", action="store_true", help="format Python and XML first")
    parser.add_argument("--json", action="store_true", help="for bin/test")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.gates if name not in GATES]:
        print(f"lint: there is no gate {unknown[0]}, only {', '.join(GATES)}", file=sys.stderr)
        return 2
    checkout = Checkout(ROOT)
    if options.fix:
        python_style.fix(checkout)
        for path in xml_format.fix(checkout):
            print(f"formatted {checkout.relative(path)}")
    results = {}
    for name in options.gates or GATES:
        start = time.monotonic()
        found = run(name, checkout)
        results[name] = {"seconds": time.monotonic() - start, "findings": [str(finding) for finding in found]}
        if not options.json:
            print(
                f"{'FAILED' if found else 'passed'}  {name}  ({time.monotonic() - start:.1f} s)", flush=True
            )
            for finding in found:
                print(f"        {finding}")
    if options.json:
        print(json.dumps(results))
        return 0
    failed = sum(bool(result["findings"]) for result in results.values())
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


def by_addon(findings):
    """Group findings by the add-on their path lies in."""
    grouped = defaultdict(list)
    for finding in findings:
        parts = finding.path.split("/")
        grouped[parts[1] if parts[0] in ("addons", "tests") and len(parts) > 1 else "repository"].append(
            finding
        )
    return grouped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
