"""Make an add-on that installs, passes bin/lint and has a test; it is found by its folder, in no list."""

import argparse
import re
import shutil

from . import suite
from .common import Refusal
from .entry import entry

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
FILES = {
    "__init__.py": "from . import models\n",
    "__manifest__.py": """{{
    "name": "{title}",
    "summary": "{summary}",
    "version": "19.0.1.0.0",
    "category": "Services/Outsourcing",
    "author": "Property Outsourcing contributors",
    "license": "LGPL-3",
    "depends": {depends},
    "data": ["security/ir.model.access.csv"],
}}
""",
    "models/__init__.py": '"""One model per file; what it extends, EXTENDING.md tells."""\n',
    "security/ir.model.access.csv": (
        "id,name,model_id:id,group_id:id,perm_read,perm_write,perm_create,perm_unlink\n"
    ),
    "readme/DESCRIPTION.md": "{summary}.\n",
    "readme/USAGE.md": "Nothing to set: the add-on does nothing yet.\n",
    "readme/HISTORY.md": "## 19.0.1.0.0\n\n- First version.\n",
    "i18n/{name}.pot": 'msgid ""\nmsgstr ""\n',
    "i18n/zh_CN.po": '#\nmsgid ""\nmsgstr "Language: zh_CN\\n"\n',
    "tests/__init__.py": "from . import test_installed\n",
    "tests/test_installed.py": """from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestInstalled(TransactionCase):
    def test_it_stands_on_what_it_needs(self):
        module = self.env["ir.module.module"]._get("{name}")
        self.assertEqual(module.state, "installed")
        self.assertEqual(set(module.dependencies_id.mapped("state")), {{"installed"}})
""",
}


def create(name, depends, addons=suite.ADDONS):
    """Write the files of the add-on ``name`` into the folder ``addons``.

    :param depends: names of the add-ons it stands on
    :return: its folder
    """
    folder = addons / name
    if not NAME.fullmatch(name):
        raise Refusal(f"{name} is no name of an add-on: small letters, digits, and words joined by _.")
    if folder.exists():
        raise Refusal(f"{folder} is there already.")
    words = name.removeprefix("property_outsourcing_").replace("_", " ")
    listed = ", ".join(f'"{depend}"' for depend in depends)
    values = {
        "name": name,
        "title": f"Property Outsourcing: {words.title()}",
        "summary": f"What the add-on {words} is for",
        "depends": f"[{listed}]",
    }
    for path, text in FILES.items():
        file = folder / path.format(**values)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(**values), encoding="utf-8")
    icon = folder / "static" / "description" / "icon.png"
    icon.parent.mkdir(parents=True)
    shutil.copy(suite.ADDONS / "property_outsourcing" / "static" / "description" / "icon.png", icon)
    return folder


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/new-addon", description=__doc__)
    parser.add_argument("name", metavar="NAME", help="e.g. property_outsourcing_parking")
    parser.add_argument(
        "--depends", nargs="+", default=["property_outsourcing"], metavar="ADDON", help="what it stands on"
    )
    options = parser.parse_args(arguments)
    folder = create(options.name, options.depends)
    print(f"{folder} is made. Say in readme/ and the manifest what it is for; its hooks are in EXTENDING.md.")
    print(f"bin/test {options.name}    bin/lint    bin/i18n {options.name}")
    return 0


if __name__ == "__main__":
    entry(main)
