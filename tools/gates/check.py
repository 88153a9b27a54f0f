"""Our own hooks of .pre-commit-config.yaml, by name: ``python -m tools.gates.check NAME``."""

import sys
import traceback

from . import house_rules, manifests, odoo_lint, told, translations, xml_format
from .base import ROOT, Checkout, Finding


def compose(checkout):
    """docker-compose.yml and odoo.conf name only what exists."""
    from tools import check_compose

    return [Finding("docker-compose.yml", 0, str(text)) for text in check_compose.problems()]


GATES = {
    "odoo-lint": odoo_lint.check,
    "xml-format": xml_format.check,
    "python-rules": house_rules.check,
    "manifests": manifests.check,
    "translations": translations.check,
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


def main(name):
    """Print the findings, exit with 1 if there are any; what is only told fails nothing."""
    if name == "told":
        print(*told.notes(), sep="\n", end="")
        return 0
    found = run(name, Checkout(ROOT))
    print(*found, sep="\n", end="")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
