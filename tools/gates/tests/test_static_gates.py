# ruff: noqa: E501
"""Every hook of .pre-commit-config.yaml passes the clean sample and turns red on each of its seeded faults."""

import pytest
import yaml

from tools.common import ROOT
from tools.gates import translations

VIEW, MODEL, MANIFEST, PO = "views/sample_views.xml", "models/sample.py", "__manifest__.py", "i18n/zh_CN.po"
BODY = "    name = fields.Char()\n"

FAULTS = [
    # hook, file, text, what is said
    ("ruff", "models/x.py", "value = undefined_name\n", "F821"),
    ("ruff", "models/x.py", "import os\n", "F401"),
    ("ruff", "models/x.py", "breakpoint()\n", "T100"),
    ("ruff-format", "models/x.py", "value = call( )\n", "reformat"),
    ("large-files", "data/heavy.csv", "x" * 1_100_000 + "\n", "heavy.csv"),
    ("conflicts", "models/x.py", "<" * 7 + " HEAD\n", "conflict"),
    ("private-keys", "models/x.py", "# BEGIN RSA " + "PRIVATE KEY\n", "Private key"),
    ("yaml", "x.yaml", "a: [\n", "yaml"),
    ("old-xml", VIEW, '<templates><t t-name="kanban-box" /></templates>\n', "kanban-box"),
    ("old-xml", VIEW, '<div class="a oe_chatter" />\n', "oe_chatter"),
    ("old-xml", VIEW, '<t t-esc="x" />\n', "t-esc"),
    ("old-xml", VIEW, '<field name="view_mode">tree,form</field>\n', "tree"),
    ("old-python", "models/x.py", "self._context\n", "self._context"),
    ("readers-time", "models/x.py", "fields.Date.context_today(self)\n", "context_today"),
    ("readers-time", "models/x.py", "fields.Date.today()\n", "today"),
    ("raw-figures", "models/x.py", 'text = f"{self.amount:,.2f}"\n', "amount"),
    ("raw-figures", "models/x.py", 'text = f"{moment:%Y-%m-%d %H:%M}"\n', "moment"),
    ("raw-amount", "models/x.py", '_(\n    "Pay %(what)s (%(x)s).", x=f(1), what=self.contract_id.amount_total\n)\n', "amount_total"),
    ("raw-amount", "models/x.py", '_("Up to %(cap)s.", cap=cap)\n', "cap=cap"),
    ("raw-amount", "models/x.py", '_("Pay %s.", self.fee)\n', "self.fee"),
    ("nameless-event", "models/x.py", "self.activity_schedule('')\n", "activity_schedule"),
    ("bare-refusal", "tests/x.py", "with self.assertRaises(UserError):\n", "UserError"),
    ("bare-refusal", "tests/x.py", "with a, self.assertRaises((UserError, X)):\n", "UserError"),
    ("bare-refusal", "tests/x.py", "with self.assertRaises(UserError), self.cr.savepoint():\n", "UserError"),
    ("bare-sudo", "models/x.py", "# checked\n" + "x = 1\n" * 5 + "y = self.sudo().name\n", "sudo()"),
    ("xml-indent", VIEW, "<odoo>\n      <data />\n</odoo>\n", "<data />"),
    ("machine-path", "models/x.py", "# from /wo" + "rk/here\n", "here"),
    ("registry-host", "readme/USAGE.md", "See https://py" + "pi.org/x.\n", "USAGE.md:1"),
    ("plain-text", "readme/USAGE.md", "Look at it.", "USAGE.md"),
    ("plain-text", VIEW, "<odoo>\n\t<data />\n</odoo>\n", "<data />"),
    ("plain-text", VIEW, "<odoo> \n</odoo>\n", "<odoo>"),
    ("oca-module", VIEW, "<odoo>\n", "syntax-error"),
    ("oca-module", VIEW, '<odoo><template id="a" /><template id="a" /></odoo>\n', "duplicate"),
    ("oca-module", VIEW, '<odoo><record id="outsourcing_sample.a" model="m" /></odoo>\n', "redundant-module-name"),
    ("oca-module", "data/unloaded.xml", "<odoo />\n", "file-not-used"),
    ("translations", PO, 'msgid ""\nmsgstr ""\n', "is not merged"),
]  # fmt: skip


def test_clean_sample_passes_every_hook(scratch):
    passed, said = scratch.hook()
    assert passed, said


@pytest.mark.parametrize(("hook", "file", "text", "said"), FAULTS)
def test_seeded_fault_fails_the_hook(scratch, hook, file, text, said):
    scratch.write(file, text)
    passed, output = scratch.hook(hook)
    assert not passed
    assert said in output


def test_every_hook_has_a_seeded_fault():
    configured = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    # the schema of compose files is another project's, pylint has its faults below
    seeded = {fault[0] for fault in FAULTS} | {"compose-schema", "pylint-odoo"}
    assert {hook["id"] for hook in configured} == seeded


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("你好", "付款行", "付款项 in the glossary"),
        ('"你好，%(name)s"', '""', "untranslated"),
        ("#. odoo-python\n", "#, fuzzy\n#. odoo-python\n", "untranslated"),
        ("你好，%(name)s", "你好，%(nme)s", "placeholders or tags differ"),
        ("你好，%(name)s", "你好，%(name)s<b>", "placeholders or tags differ"),
        ("你好，%(name)s", "你好，%(name)s，100%。", "a percent sign is not doubled"),
        ("你好，%(name)s", "你好，%(name)s (再见)", "a bracket of half width"),
        ("你好，%(name)s", "你好,%(name)s", "a mark of half width"),
        ("你好，%(name)s", "你好，%(name)s 先生", "a gap between Chinese and Latin"),
        ("你好，%(name)s", "你好，%(name)s，见 PDF", "a gap between Chinese and Latin"),
        ('msgid "Hello', 'msgid "Goodbye', "is not merged"),
        ("Language: zh_CN", "Language: en", "is not merged"),
    ],
)
def test_seeded_fault_in_chinese_is_found(scratch, old, new, said):
    scratch.edit(PO, old, new)
    found = list(translations.check(scratch.addon / "i18n"))
    assert any(said in text for _line, text in found), found


def test_stale_template_is_found(scratch):
    fresh = scratch.root / "fresh.pot"
    [template] = (scratch.addon / "i18n").glob("*.pot")
    fresh.write_text("# of another day\n" + template.read_text())
    assert translations.compare_fresh(scratch.addon / "i18n", fresh) == []
    fresh.write_text(template.read_text().replace("Hello", "Howdy"))
    assert '+msgid "Howdy %(name)s"' in translations.compare_fresh(scratch.addon / "i18n", fresh)


def test_pylint_odoo_finds(scratch):
    """All at once, because pylint takes seconds to start."""
    scratch.edit(MANIFEST, '"license": "LGPL-3"', '"license": "AGPL-3"')
    scratch.edit(MANIFEST, "views/sample_views.xml", "views/gone.xml")
    scratch.edit(MANIFEST, "19.0.1.0.0", "19.0.1")
    scratch.edit(MANIFEST, '"depends"', '"installable": True,\n    "depends"')
    scratch.edit(MANIFEST, '    "summary": "A sample",\n', "")
    scratch.edit(MODEL, '"""Greet."""', "print(self)\n        self.env.cr.commit()")
    scratch.edit(MODEL, BODY, BODY + '    label = fields.Char(string="Label")\n')
    scratch.append(
        MODEL,
        """
    def name_get(self):
        return self._cr

    def _cron_bad(self):
        self.env.cr.execute("SELECT 1 FROM %s" % self.display_name)
        raise UserError("Not translated")

    def _say(self):
        return self.env._(f"Hello {self.name}") + self.env._("%s %s", 1, 2)

    def unlink(self):
        raise ValueError
""",
    )
    _passed, found = scratch.hook("pylint-odoo")
    for symbol in (
        "attribute-string-redundant", "deprecated-name-get", "deprecated-self-cr", "invalid-commit",
        "license-allowed", "manifest-required-key", "manifest-superfluous-key", "manifest-version-format",
        "missing-function-docstring", "no-raise-unlink", "print-used", "resource-not-exist", "sql-injection",
        "translation-fstring-interpolation", "translation-positional-used", "translation-required",
    ):  # fmt: skip
        assert f"({symbol})" in found
    assert found.count("(missing-function-docstring)") == 3  # action_greet, name_get, _cron_bad
