from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import file_open
from odoo.tools.translate import get_po_paths, translation_file_reader

from .common import OutsourcingCommon

LANG = "zh_CN"


@tagged("post_install", "-at_install")
class TestCoreWords(OutsourcingCommon):
    """What core says and has no Chinese for, in Chinese all the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(LANG)
        cls.zh = cls.env(context={"lang": LANG})

    def _read(self, paths):
        """Return add-on, text and record, if it is one's, of all that the files translate."""
        found = set()
        for path in paths:
            with file_open(path, "rb") as file:
                for row in translation_file_reader(file, fileformat="po"):
                    # a mixin's choices are read before the models that come to have them
                    is_choice = row.get("imd_model") == "ir.model.fields.selection"
                    if not is_choice and row["value"] not in ("", row["src"]):
                        found.add((row["module"], row["src"], row.get("imd_name")))
        return found

    def test_message_of_core_is_chinese(self):
        line = Command.create({"name": "Pump", "product_qty": 1, "price_unit": 1})
        order = self.zh["purchase.order"].create({"partner_id": self.contractor.id, "order_line": [line]})
        order.locked = True
        with self.assertRaisesRegex(UserError, "采购订单.*不能取消，请先解锁。"):
            order.button_cancel()

    def test_web_client_falls_back_on_our_words(self):
        words, _parameters = self.env["ir.http"]._get_translations_for_webclient(
            ["property_outsourcing"], LANG
        )
        messages = {row["id"]: row["string"] for row in words["property_outsourcing"]["messages"]}
        self.assertEqual(messages["Missing required fields"], "请先填写必填项")

    def test_words_that_core_has_by_now_are_none_of_ours(self):
        ours = self._read(path for path in get_po_paths("property_outsourcing", LANG) if "i18n_extra" in path)
        cores = self._read(path for module in {row[0] for row in ours} for path in get_po_paths(module, LANG))
        self.assertTrue(ours)
        self.assertFalse(ours & cores)

    def test_way_to_pay_is_named_in_the_language_of_the_reader(self):
        line = self.company_data["default_journal_bank"].outbound_payment_method_line_ids[:1]
        line.payment_method_id.with_context(lang=LANG).name = "手动付款"
        line.name = line.payment_method_id.with_context(lang="en_US").name
        self.assertIn("手动付款", line.with_env(self.zh).display_name)
        line.name = "ICBC 6222"
        self.assertIn("ICBC 6222", line.with_env(self.zh).display_name)

    def test_model_of_equipment_is_its_type_number(self):
        shown = self.env["maintenance.equipment"].fields_get(["model"], ["string"])
        self.assertEqual(shown["model"]["string"], "Model Number")

    def test_nobody_filters_or_groups_by_the_key_of_a_link(self):
        choices = ["searchable", "groupable", "sortable", "exportable"]
        shown = self.env["outsourcing.contract"].fields_get(["access_token"], choices)["access_token"]
        self.assertFalse(any(shown[choice] for choice in choices))
