import re

from lxml import etree

from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path

from .common import own_records, suite_modules

CHINESE = re.compile(r"[\u3400-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
LATIN = re.compile(r"[A-Za-z]")
# codes and names that are the same in both languages
CODES = re.compile(
    r"SHA-?256|JSON|PDF|Excel|XLSX|GPS|EXIF|URL|https?://\S*|IP|QR|ID|P[0-3]|[A-Z]{1,4}\d*|\d+|x|mm|cm|m[²³]?|kg|h",
)
SHOWN = (
    "string",
    "help",
    "placeholder",
    "title",
    "confirm",
    "aria-label",
    "add-label",
    "confirm-label",
    "alt",
)
# their chatter is none a user reads
FOR_DEVELOPERS = {"ir.actions.server", "ir.cron"}
SKIPPED = {"script", "style", "t"}
# what core adds to every model, and whose words are core's
MAGIC = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}


class WordsCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zh = cls.env(context={"lang": "zh_CN"})
        cls.ours = set(suite_modules(cls.env))

    def _is_foreign(self, text):
        """Whether a Chinese reader meets a text without Chinese: codes, symbols and figures are none."""
        text = str(text or "")
        if not LATIN.search(text) or CHINESE.search(text):
            return False
        return bool(LATIN.search(CODES.sub("", text)))

    def _models(self):
        for name in sorted(self.registry):
            model = self.zh[name]
            if not model._abstract:
                yield model, model._original_module in self.ours


@tagged("post_install", "-at_install")
class TestWords(WordsCase):
    """Whatever the suite shows to a Chinese reader is Chinese, or stands on a short list of codes."""

    def _field_findings(self, model, name, shown):
        found = [f"label {shown['string']!r}"] if self._is_foreign(shown["string"]) else []
        found += [f"help {shown['help']!r}"] if self._is_foreign(shown.get("help")) else []
        choices = shown.get("selection") if isinstance(shown.get("selection"), list) else []
        found += [f"choice {label!r}" for _key, label in choices if self._is_foreign(label)]
        return [f"{model._name}.{name}: {text}" for text in found]

    def test_fields_and_their_choices(self):
        found = []
        for model, is_ours in self._models():
            fields = model.fields_get(
                attributes=["string", "help", "selection", "searchable", "groupable", "type"]
            )
            for name, shown in fields.items():
                field = model._fields[name]
                if name in MAGIC or not (is_ours or field._module in self.ours):
                    continue
                if not (field.export_string_translation or shown["searchable"] or shown["groupable"]):
                    continue  # nobody meets it in a filter, a group or an export
                found += self._field_findings(model, name, shown)
        self.assertFalse(found, "\n" + "\n".join(found))

    def _texts(self, node):
        """Give the texts of a view that are shown as they stand."""
        is_code = node.tag == "attribute" and node.get("name") not in SHOWN
        if not isinstance(node.tag, str) or node.tag in SKIPPED or is_code:
            texts = []
        else:
            texts = [node.get(name) for name in SHOWN if node.get(name)] + [node.text]
        for child in node if node.tag not in ("script", "style") else ():
            texts += [*self._texts(child), child.tail]
        return [text for text in texts if text and text.strip()]

    def test_views(self):
        found = []
        for view in own_records(self.env, "ir.ui.view"):
            arch = etree.fromstring(view.with_env(self.zh).arch_db.encode())
            for text in self._texts(arch):
                if self._is_foreign(text) and "{{" not in text and "${" not in text:
                    found.append(f"{view.xml_id}: {' '.join(text.split())!r}")
        self.assertFalse(found, "\n" + "\n".join(found))

    def test_records_of_the_suite(self):
        """Menus, actions, activity types, schedules, groups, reports, stages, presets ..."""
        found = []
        data = self.env["ir.model.data"].search([("module", "in", sorted(self.ours))])
        for name, rows in data.grouped("model").items():
            if name not in self.env or name.startswith("ir.model") or name == "ir.ui.view":
                continue
            records = self.zh[name].with_context(active_test=False).browse(rows.mapped("res_id")).exists()
            shown = [key for key, field in records._fields.items() if field.translate and field.store]
            shown = [key for key in shown if key != "print_report_name"]  # an expression
            shown += ["name"] if name in ("ir.cron", "ir.sequence") else []
            for record in records:
                for key in shown:
                    text = re.sub(r"<[^>]*>", " ", str(record[key] or ""))
                    if self._is_foreign(text):
                        found.append(f"{record} {key}: {' '.join(text.split())[:120]!r}")
        self.assertFalse(found, "\n" + "\n".join(found))

    def test_what_an_add_on_brings_has_no_first_message(self):
        """It would be read before the add-on's Chinese, thus name the record in English for ever."""
        found = []
        for module in sorted(self.ours):
            for name in Manifest.for_addon(module)["data"]:
                if not name.endswith(".xml"):
                    continue
                root = etree.parse(file_path(f"{module}/{name}")).getroot()
                # the chatter of actions and schedules is for developers
                models = {node.get("model") for node in root.iter("record")} - {
                    "ir.actions.server",
                    "ir.cron",
                }
                talks = [model for model in models if hasattr(self.registry[model], "message_post")]
                if talks and "mail_create_nolog" not in root.get("context", ""):
                    found.append(f"{module}/{name}: {sorted(talks)}")
        self.assertFalse(found, "\n" + "\n".join(found))

    def test_first_message_is_in_one_language(self):
        self.env.user.lang = "zh_CN"
        no_lang = self.env(context={})
        document = no_lang["outsourcing.community"].create({"name": "和悦花园", "code": "WORDS"})
        text = re.sub(r"<[^>]*>", "", document.message_ids[:1].body)
        self.assertIn("小区", text)
        self.assertFalse(LATIN.search(text), text)

    def test_chatter_and_to_dos(self):
        """What the demonstration has written so far on documents of the suite."""
        found = []
        models = [model._name for model, is_ours in self._models() if is_ours]
        system = self.env.ref("base.partner_root").name  # asks where nobody is to be known to have asked
        for message in self.env["mail.message"].search([("model", "in", models)]):
            body = re.sub(r"<[^>]*>", " ", message.body or "").replace(system, "")
            body = re.sub(r"[\w.-]+\.(?:jpe?g|png|pdf|xlsx)", "", body)
            texts = [text for text in (body, message.subject) if LATIN_WORD.search(text or "")]
            found += [f"{message.model}: {text}" for text in texts]
        summaries = self.env["mail.activity"].search([]).mapped("summary")
        found += [text for text in summaries if self._is_foreign(text)]
        self.assertFalse(found, "\n" + "\n".join(found))

    def test_seeded_word_is_found(self):
        shown = {"string": "Presets of", "help": "服务类别", "selection": [("a", "Overdue"), ("b", "已逾期")]}
        found = self._field_findings(self.zh["outsourcing.contract"], "seeded", shown)
        self.assertEqual(len(found), 2)
        arch = etree.fromstring('<form string="合同"><button string="Go on"/><p>继续</p> or so</form>')
        self.assertEqual(
            [text.strip() for text in self._texts(arch) if self._is_foreign(text)], ["Go on", "or so"]
        )
