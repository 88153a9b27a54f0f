"""A small clean checkout; a test puts one fault into it and sees the gate turn red."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tools.common import ROOT

NAME = "outsourcing_sample"
FILES = {
    "__init__.py": "from . import models\n",
    "__manifest__.py": """{
    "name": "Sample",
    "summary": "A sample",
    "version": "19.0.1.0.0",
    "category": "Services/Outsourcing",
    "author": "Property Outsourcing contributors",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": ["views/sample_views.xml"],
}
""",
    "models/__init__.py": "from . import sample\n",
    "models/sample.py": '''from odoo import fields, models


class Sample(models.Model):
    _name = "outsourcing.sample"
    _description = "Sample"

    name = fields.Char()

    def action_greet(self):
        """Greet."""
        return self.env._("Hello %(name)s", name=self.name)
''',
    "views/sample_views.xml": """<?xml version="1.0" encoding="utf-8" ?>
<odoo>
    <record id="outsourcing_sample_view_list" model="ir.ui.view">
        <field name="model">outsourcing.sample</field>
        <field name="arch" type="xml">
            <list>
                <field name="name" />
            </list>
        </field>
    </record>
</odoo>
""",
    "tests/__init__.py": "from . import test_sample\n",
    "tests/test_sample.py": """from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestSample(TransactionCase):
    def test_sample(self):
        self.assertTrue(self.env)
""",
    "readme/DESCRIPTION.md": "A sample.\n",
    "readme/USAGE.md": "Look at it.\n",
    "readme/HISTORY.md": "First.\n",
    "static/description/icon.png": "icon",
    f"i18n/{NAME}.pot": """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#. module: outsourcing_sample
#. odoo-python
#: code:addons/outsourcing_sample/models/sample.py:0
msgid "Hello %(name)s"
msgstr ""
""",
    "i18n/zh_CN.po": """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: zh_CN\\n"

#. module: outsourcing_sample
#. odoo-python
#: code:addons/outsourcing_sample/models/sample.py:0
msgid "Hello %(name)s"
msgstr "你好，%(name)s"
""",
}


class Scratch:
    """The sample add-on in a folder of its own."""

    def __init__(self, root):
        self.root = root
        self.addon = root / "addons" / NAME
        for name, text in FILES.items():
            self.write(name, text)
        for name in ("pyproject.toml", ".pylintrc", ".pre-commit-config.yaml", ".oca_hooks.cfg"):
            shutil.copy(ROOT / name, root)
        subprocess.run(["git", "init", "-q", root], check=True, capture_output=True)

    def write(self, name, text):
        """Write a file of the add-on."""
        path = self.addon / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, name, old, new):
        """Replace text in a file of the add-on; the text has to be there."""
        text = (self.addon / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def append(self, name, text):
        """Add text at the end of a file."""
        self.write(name, (self.addon / name).read_text(encoding="utf-8") + text)

    def hook(self, *name):
        """Whether the sample passes a hook of .pre-commit-config.yaml, or all of them, and what was said."""
        subprocess.run(["git", "add", "-A"], cwd=self.root, check=True)
        command = ["pre-commit", "run", *name, "--all-files", "--color=never"]
        done = subprocess.run(
            command, cwd=self.root, check=False, capture_output=True, text=True, errors="replace"
        )
        return not done.returncode, done.stdout + done.stderr


@pytest.fixture
def scratch():
    """In a folder whose name has no "test" in it: Odoo's checkers leave tests alone."""
    with tempfile.TemporaryDirectory(prefix="sample-") as folder:
        yield Scratch(Path(folder))
