# ruff: noqa: E501
"""Every static gate passes the clean sample and turns red on each of its seeded faults."""

import subprocess
import sys

import pytest
import yaml

from tools.gates import check
from tools.gates.base import ROOT
from tools.gates.told import forgotten
from tools.gates.xml_format import formatted

VIEW, MODEL, MANIFEST, PO = "views/sample_views.xml", "models/sample.py", "__manifest__.py", "i18n/zh_CN.po"
FIELD = '<field name="name" />'
BODY = "    name = fields.Char()\n"
# The compose gate has the repository's own files as its sample; tools/docker has its seeded faults.
GATES = [name for name in check.GATES if name not in ("compose", "odoo-lint")]
HOOKS = (
    "ruff", "ruff-format", "large-files", "conflicts", "private-keys", "yaml", "old-xml", "old-python",
    "readers-time", "raw-figures", "nameless-event", "bare-refusal", "machine-path", "registry-host", "not-utf-8",
    "last-newline", "oca-module",
)  # fmt: skip
SLOW = ("pylint-odoo", "odoo-pylint")


@pytest.mark.parametrize("gate", GATES)
def test_clean_sample_passes(scratch, gate):
    assert check.run(gate, scratch.checkout) == []


@pytest.mark.parametrize("name", [*HOOKS, *SLOW])
def test_clean_sample_passes_the_hook(scratch, name):
    passed, said = scratch.hook(name)
    assert passed, said


FAULTS = [
    # gate, file, old, new, what the finding says
    ("xml-format", VIEW, f"                {FIELD}", f"              {FIELD}", "not formatted"),
    ("xml-format", VIEW, f"                {FIELD}", f"\t\t\t\t{FIELD}", "not formatted"),
    ("xml-format", VIEW, FIELD, FIELD + "  ", "not formatted"),
    ("xml-format", VIEW, '<?xml version="1.0" encoding="utf-8" ?>\n', "", "not formatted"),
    ("xml-format", VIEW, "</list>", "", "closed but was not opened"),
    ("python-rules", MODEL, '        """Greet."""\n', "", "no docstring"),
    ("python-rules", MODEL, BODY, BODY + "\n    def _cron_x(self):\n        pass\n", "no docstring"),
    ("python-rules", MODEL, BODY, BODY + '    files = fields.Many2many("ir.attachment", string="F")\n', "bypass_search_access"),
    ("python-rules", MODEL, BODY, BODY + '    files = fields.Many2many(comodel_name="ir.attachment", bypass_search_access=False)\n', "bypass_search_access"),
    ("python-rules", MODEL, "self.name)", "self.sudo().name)", "sudo() without a comment"),
    (
        "python-rules", MODEL, BODY,
        BODY + "    def _far(self):\n        # checked\n        one = 1\n        return self.sudo().name * one\n",
        "sudo() without a comment",
    ),
    (
        "python-rules", MODEL, BODY,
        BODY + '    fee = fields.Monetary()\n\n    def _say(self):\n        return self.env._("Pay %s.", self.fee)\n',
        "format_money",
    ),
    ("python-rules", MODEL, BODY, BODY + '    def _say(self, cap):\n        return self.env._("Up to %(cap)s.", cap=cap)\n', "format_money"),
    ("manifests", MANIFEST, '["base"]', '["base", "no_such_addon"]', "does not exist"),
    (
        "manifests", MANIFEST, '"depends"',
        '"assets": {"web.assets_backend": ["outsourcing_sample/static/src/*.js"]},\n    "depends"', "does not exist",
    ),
    ("manifests", "readme/USAGE.md", "Look at it.\n", "", "missing or empty"),
    ("translations", PO, "你好", "付款行", "付款项 in the glossary"),
    ("translations", MODEL, '"Hello %', '"Howdy %', "not in the .pot"),
    ("translations", MODEL, "fields.Char()", 'fields.Char("Label")', "not in the .pot"),
    ("translations", VIEW, FIELD, '<field name="name" string="Label" />', "not in the .pot"),
    ("translations", PO, '"你好，%(name)s"', '""', "untranslated"),
    ("translations", PO, "#. odoo-python\n", "#, fuzzy\n#. odoo-python\n", "fuzzy"),
    ("translations", PO, "你好，%(name)s", "你好，%(nme)s", "placeholders differ"),
    ("translations", PO, "你好，%(name)s", "你好，%(name)s，100%。", "a percent sign is not doubled"),
    ("translations", PO, "你好，%(name)s", "你好，%(name)s<b>", "tags differ"),
    ("translations", PO, "你好，%(name)s", "你好，%(name)s (再见)", "a bracket of half width"),
    ("translations", PO, "你好，%(name)s", "你好,%(name)s", "a mark of half width"),
    ("translations", PO, "你好，%(name)s", "你好，%(name)s 先生", "a gap between Chinese and Latin"),
    ("translations", PO, "你好，%(name)s", "你好，%(name)s，见 PDF", "a gap between Chinese and Latin"),
    ("translations", PO, 'msgid "Hello', 'msgid "Goodbye', "missing"),
    ("translations", PO, 'msgid "Hello', 'msgid "Goodbye', "no such term"),
    ("translations", PO, "Language: zh_CN", "Language: en", "Language"),
]  # fmt: skip


@pytest.mark.parametrize(("gate", "name", "old", "new", "said"), FAULTS, ids=lambda value: str(value)[:30])
def test_seeded_fault_is_found(scratch, gate, name, old, new, said):
    scratch.edit(name, old, new)
    found = check.run(gate, scratch.checkout)
    assert any(said in str(finding) for finding in found), found


HOOK_FAULTS = [
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
    ("nameless-event", "models/x.py", "self.activity_schedule('')\n", "activity_schedule"),
    ("bare-refusal", "tests/x.py", "with self.assertRaises(UserError):\n", "UserError"),
    ("bare-refusal", "tests/x.py", "with a, self.assertRaises((UserError, X)):\n", "UserError"),
    ("bare-refusal", "tests/x.py", "with self.assertRaises(UserError), self.cr.savepoint():\n", "UserError"),
    ("machine-path", "models/x.py", "# from /wo" + "rk/here\n", "here"),
    ("registry-host", "readme/USAGE.md", "See https://py" + "pi.org/x.\n", "USAGE.md:1"),
    ("not-utf-8", "readme/USAGE.md", b"\xc4\xe3\xba\xc3\n", "USAGE.md:1"),
    ("last-newline", "readme/USAGE.md", "Look at it.", "USAGE.md"),
    ("oca-module", VIEW, "<odoo>\n", "syntax-error"),
    ("oca-module", VIEW, '<odoo><template id="a" /><template id="a" /></odoo>\n', "duplicate"),
    (
        "oca-module",
        VIEW,
        '<odoo><record id="outsourcing_sample.a" model="m" /></odoo>\n',
        "redundant-module-name",
    ),
    ("oca-module", "data/unloaded.xml", "<odoo />\n", "file-not-used"),
]


@pytest.mark.parametrize(("name", "file", "text", "said"), HOOK_FAULTS)
def test_seeded_fault_fails_the_hook(scratch, name, file, text, said):
    scratch.write(file, text)
    passed, output = scratch.hook(name)
    assert not passed
    assert said in output


def test_hooks_and_gates_are_the_same():
    configured = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert {hook["id"] for hook in configured} == {*check.GATES, *HOOKS, *SLOW, "compose-schema", "told"}
    assert {fault[0] for fault in FAULTS} == set(GATES)
    assert {fault[0] for fault in HOOK_FAULTS} == set(HOOKS)


def test_what_a_change_forgot_is_told():
    def told(*names, raised=False):
        return list(forgotten([f"addons/a/{name}" for name in names], lambda path: raised))

    assert len(told("models/x.py")) == 2
    assert len(told("models/x.py", "readme/HISTORY.md")) == 1
    assert not told("views/x.xml", "readme/HISTORY.md", raised=True)
    assert not told("tests/test_x.py", "readme/USAGE.md")


def test_pylint_odoo_finds(scratch):
    """All at once, because pylint takes seconds to start."""
    scratch.edit(MODEL, BODY, BODY + '    label = fields.Char(string="Label")\n')
    scratch.edit(MODEL, '"""Greet."""', '"""Greet."""\n        print(self)\n        self.env.cr.commit()')
    scratch.edit(MODEL, BODY, BODY + "\n    def name_get(self):\n        return self._cr\n")
    scratch.edit(MANIFEST, '"license": "LGPL-3"', '"license": "AGPL-3"')
    scratch.edit(MANIFEST, "views/sample_views.xml", "views/gone.xml")
    scratch.edit(MANIFEST, "19.0.1.0.0", "19.0.1")
    scratch.edit(MANIFEST, '"depends"', '"installable": True,\n    "depends"')
    scratch.edit(MANIFEST, '    "summary": "A sample",\n', "")
    _passed, found = scratch.hook("pylint-odoo")
    for symbol in (
        "attribute-string-redundant",
        "print-used",
        "invalid-commit",
        "deprecated-name-get",
        "deprecated-self-cr",
        "license-allowed",
        "manifest-required-key",
        "manifest-superfluous-key",
        "manifest-version-format",
        "resource-not-exist",
    ):
        assert f"({symbol})" in found


def test_odoo_pylint_finds(scratch):
    scratch.append(
        MODEL,
        """
    def action_bad(self):
        self.env.cr.execute("SELECT 1 FROM %s" % self.display_name)
        raise UserError("Not translated")

    def action_worse(self):
        return self.env._(f"Hello {self.name}") + self.env._("%s %s", 1, 2) + self.env._("%r", 1)

    def unlink(self):
        raise ValueError
""",
    )
    _passed, found = scratch.hook("odoo-pylint")
    for symbol in (
        "sql-injection", "missing-gettext", "gettext-variable", "gettext-placeholders", "gettext-repr",
        "raise-unlink-override", "undefined-variable",
    ):  # fmt: skip
        assert f"({symbol})" in found


def test_no_addon_is_red(tmp_path):
    assert check.run("manifests", check.Checkout(tmp_path))


def test_broken_gate_is_red(scratch, monkeypatch):
    monkeypatch.setitem(check.GATES, "manifests", lambda checkout: 1 / 0)
    assert "the gate itself failed" in str(check.run("manifests", scratch.checkout)[0])


def test_missing_file_is_found(scratch):
    (scratch.addon / "i18n/zh_CN.po").unlink()
    assert check.run("manifests", scratch.checkout)
    assert check.run("translations", scratch.checkout)


def test_script_outside_of_a_bundle_is_found(scratch):
    scratch.write("static/src/x.js", "export const x = 1;\n")
    assert any("in no bundle" in str(finding) for finding in check.run("manifests", scratch.checkout))


def test_formatter_is_stable_and_keeps_text():
    source = '<odoo>\n<record id="a"\nmodel="b">\n<field name="c">one\n   two</field>\n  <!-- x -->\n</record>\n</odoo>'
    once = formatted(source)
    assert formatted(once) == once
    assert "one\n   two" in once
    assert '    <record id="a"\n        model="b">\n        <field' in once


# Odoo's checks keep their state in the process, so they run in one of their own.
ODOO_LINT = "import sys; from tools.gates import check; " \
    "print(*check.run('odoo-lint', check.Checkout(sys.argv[1])), sep='\\n')"  # fmt: skip


def _odoo_lint(root):
    done = subprocess.run(
        [sys.executable, "-c", ODOO_LINT, str(root)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_odoo_lint_passes_the_clean_sample(scratch):
    assert _odoo_lint(scratch.root) == ""


@pytest.mark.parametrize("key", ["aplication", "auto_install"])
def test_odoo_lint_finds_a_key_that_is_none_or_a_default(scratch, key):
    scratch.edit(MANIFEST, '"depends"', f'"{key}": False,\n    "depends"')
    assert key in _odoo_lint(scratch.root)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("tests/test_forgotten.py", "x = 1\n", "never imported"),
        ("models/other.py", "from odoo.orm import fields\n", "odoo.orm"),
        ("static/src/x.js", "const x = _t(`Hello ${name}`);\n", "template"),
        (
            "models/dom.py",
            '@api.onchange("x")\ndef f(self):\n    return {"domain": {}}\n',
            "domains in onchanges",
        ),
    ],
)
def test_odoo_lint_finds(scratch, name, text, said):
    scratch.write(name, text)
    assert said in _odoo_lint(scratch.root)
