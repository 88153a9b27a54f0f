import ast
from pathlib import Path

from lxml import etree

from odoo.exceptions import UserError
from odoo.modules.module import get_module_path
from odoo.tests import tagged
from odoo.tools import convert_file

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon

# not deleted by anybody: part of the program, like the code that names them
PROGRAM = {"ir.model", "ir.model.fields", "ir.model.fields.selection", "ir.model.access", "ir.rule",
           "ir.model.constraint", "ir.module.category", "res.groups.privilege", "ir.ui.menu",
           "report.paperformat"}  # fmt: skip


@tagged("post_install", "-at_install")
class TestKeptRecords(OutsourcingCommon):
    """Records the code names cannot be deleted or emptied; presets that were deleted stay away."""

    def _get_addons(self):
        names = self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        return [name for name in names if name.startswith("property_outsourcing")]

    def _get_named(self):
        """Walk the code: every external id of the suite that appears in a string of a module of code."""
        texts = set()
        for addon in self._get_addons():
            folder = Path(get_module_path(addon))
            for path in folder.rglob("*.py"):
                if "tests" not in path.relative_to(folder).parts:
                    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                    texts |= {
                        node.value
                        for node in nodes
                        if isinstance(node, ast.Constant) and isinstance(node.value, str)
                    }
        begun = tuple(
            text for text in texts if text.startswith("property_outsourcing") and text.endswith("_")
        )
        rows = self.env["ir.model.data"].search([("module", "in", self._get_addons())])
        return rows.filtered(
            lambda row: row.complete_name in texts or (begun and row.complete_name.startswith(begun))
        )

    def test_no_record_the_code_names_can_be_deleted(self):
        admin = self.env.ref("base.user_admin")
        named = self._get_named().filtered(lambda row: row.model not in PROGRAM)
        self.assertGreater(len(named), 80)
        for row in named:
            record = self.env[row.model].browse(row.res_id).with_user(admin).sudo()
            for context in ({}, {"_force_unlink": True}):
                with self.subTest(xmlid=row.complete_name), self.assertRaisesRegex(UserError, "relies on it"):
                    record.with_context(**context).unlink()

    def test_nor_can_its_external_id(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "property_outsourcing"), ("name", "=", "hold_reason_suspended")]
        )
        with self.assertRaisesRegex(UserError, "relies on it"):
            data.with_user(self.env.ref("base.user_admin")).unlink()
        with self.assertRaisesRegex(UserError, "relies on it"):
            data.with_user(self.env.ref("base.user_admin")).write({"name": "other"})

    def test_what_the_code_needs_of_it_stays(self):
        admin = self.env.ref("base.user_admin")
        for xmlid, vals in (
            ("property_outsourcing.order_stage_done", {"active": False}),
            ("property_outsourcing.hold_reason_suspended", {"active": False}),
            ("property_outsourcing.activity_type_contract_approval", {"active": False}),
            ("property_outsourcing.activity_type_contract_approval", {"res_model": "res.partner"}),
            ("property_outsourcing.product_outsourced_service", {"active": False}),
            ("property_outsourcing.uom_amount", {"active": False}),
            ("property_outsourcing.sequence_contract", {"code": False}),
        ):
            with self.subTest(xmlid=xmlid), self.assertRaisesRegex(UserError, "relies on it"):
                self.env.ref(xmlid).with_user(admin).write(vals)
            self.env.ref(xmlid).with_user(admin).write({"name": "Renamed"})

    def test_what_people_made_themselves_goes_as_before(self):
        self.env["mail.activity.type"].create({"name": "Own"}).unlink()
        self.env["outsourcing.hold.reason"].create({"name": "Own"}).unlink()
        self.env.ref("property_outsourcing.hold_reason_weather").unlink()

    def test_every_preset_may_go_for_good(self):
        for addon in self._get_addons():
            for path in Path(get_module_path(addon), "data").glob("*.xml"):
                for record in etree.parse(path).iter("record"):
                    kept = self.env["ir.model.data"]._get_kept_records()
                    xmlids = kept.get(record.get("model"), ())
                    if xmlids is None or f"{addon}.{record.get('id')}" in xmlids:
                        continue
                    with self.subTest(record=record.get("id")):
                        self.assertEqual(record.get("forcecreate"), "False")

    def test_a_deleted_preset_does_not_come_back_with_an_update(self):
        gone = ("property_outsourcing.hold_reason_weather", "property_outsourcing.service_type_greening")
        for xmlid in gone:
            self.env.ref(xmlid).unlink()
        files = ("hold_reason", "service_type", "service_type_preset", "service_type_requirement",
                 "service_type_task", "service_type_duty")  # fmt: skip
        for name in files:
            path = f"data/outsourcing_{name}_data.xml"
            convert_file(self.env, "property_outsourcing", path, {}, mode="update", noupdate=True)
        for xmlid in gone:
            self.assertFalse(self.env.ref(xmlid, raise_if_not_found=False))
