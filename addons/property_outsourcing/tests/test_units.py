from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.units.uom_uom import UNITS
from .common import OutsourcingCommon

WRITTEN = {
    "uom.product_uom_square_meter": ("㎡", "m2", "M2", "m²", "ｍ２", "平方米", " 平 米 "),
    "uom.product_uom_cubic_meter": ("m³", "㎥", "m3", "立方米", "方"),
    "uom.product_uom_meter": ("米", "m", "M", "延米"),
    "uom.product_uom_ton": ("吨", "t", "T"),
    "uom.product_uom_kgm": ("kg", "KG", "公斤", "㎏"),
    "property_outsourcing.uom_man_day": ("工日", "人工日"),
    "property_outsourcing.uom_month": ("月", "个月"),
}
COUNTED = "台 项 套 樘 次 个 处 部 层 根 块 株 盏 组 点 户 座 间 人 台班 年 只 件"


@tagged("post_install", "-at_install")
class TestUnits(OutsourcingCommon):
    def _load_item(self, contract, *row):
        return (
            self.env["outsourcing.contract.item"]
            .with_user(self.user_manager)
            .with_context(default_contract_id=contract.id)
            .load(["name", "uom_id", "price_unit", "quantity"], [row])
        )

    def test_import_knows_every_spelling_of_a_unit(self):
        contract = self._create_works_draft()
        rows = [(xmlid, text) for xmlid, texts in WRITTEN.items() for text in texts]
        for xmlid, text in rows:
            result = self._load_item(contract, "Row", text, "1", "1")
            self.assertFalse(result["messages"], text)
            item = self.env["outsourcing.contract.item"].browse(result["ids"])
            self.assertEqual(item.uom_id, self.env.ref(xmlid), text)

    def test_import_knows_what_the_trade_counts(self):
        contract = self._create_works_draft()
        for text in COUNTED.split():
            result = self._load_item(contract, "Row", text, "1", "1")
            self.assertFalse(result["messages"], text)
        self.assertEqual(len(contract.item_ids.uom_id), len(COUNTED.split()))

    def test_spelling_wins_over_a_unit_of_the_same_name(self):
        self.env["uom.uom"].create({"name": "樘"})
        self.assertEqual(
            self.env["uom.uom"]._outsourcing_find("樘"), self.env.ref("property_outsourcing.uom_opening")
        )

    def test_unknown_unit_is_refused_and_named(self):
        contract = self._create_works_draft()
        with mute_logger("odoo.sql_db"):
            result = self._load_item(contract, "Row", "furlong", "1", "1")
        self.assertIn("furlong", result["messages"][0]["message"])
        self.assertFalse(contract.item_ids)

    def test_picker_finds_by_spelling_and_offers_the_trade_only(self):
        units = self.env["uom.uom"].with_user(self.user_manager)
        self.assertEqual(
            units.name_search("㎡", UNITS)[0][0], self.env.ref("uom.product_uom_square_meter").id
        )
        offered = units.search(UNITS)
        self.assertNotIn(self.env.ref("uom.product_uom_minute"), offered)
        for model, name in (
            ("outsourcing.contract.item", "uom_id"),
            ("outsourcing.variation.line", "uom_id"),
            ("outsourcing.contract.amendment.line", "uom_id"),
            ("outsourcing.contract.scope", "uom_id"),
        ):
            self.assertEqual(self.env[model]._fields[name].domain, UNITS, model)

    def test_unit_column_is_there_without_any_setting(self):
        contract = self._create_works_draft()
        self.assertFalse(self.user_manager.has_group("uom.group_uom"))
        with Form(contract.with_user(self.user_manager)) as form, form.item_ids.new() as line:
            line.name = "Lay tiles"
            line.uom_id = self.env.ref("uom.product_uom_square_meter")
        self.assertEqual(contract.item_ids.uom_id, self.env.ref("uom.product_uom_square_meter"))

    def test_spelling_has_one_meaning(self):
        place = self.env.ref("property_outsourcing.uom_place")
        aliases = self.env["outsourcing.uom.alias"].with_user(self.user_manager)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught, self.cr.savepoint():
            aliases.create({"uom_id": place.id, "name": " Ｍ２ "})
        self.assertEqual(caught.exception.diag.constraint_name, "outsourcing_uom_alias_key_uniq")

    def test_manager_adds_a_unit_and_changes_no_other(self):
        units = self.env["uom.uom"].with_user(self.user_manager)
        new = units.browse(units.name_create("樽")[0])
        self.env["outsourcing.uom.alias"].with_user(self.user_manager).create({"uom_id": new.id})
        self.assertEqual(units._outsourcing_find("樽"), new)
        with self.assertRaises(AccessError):  # core's own
            self.env.ref("uom.product_uom_kgm").with_user(self.user_manager).relative_factor = 2
