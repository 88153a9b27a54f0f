from io import BytesIO

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_path

from .common import OutsourcingCommon

HEADER = ("Code", "Name", "Unit", "Unit Price", "Quantity")
FIELDS = ["code", "name", "uom_id", "price_unit", "quantity"]


def make_workbook(*rows):
    """Return a workbook of items as a file."""
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestContractItems(OutsourcingCommon):
    def _import(self, contract, workbook, dryrun=False, user=None):
        action = contract.with_user(user or self.user_manager).action_import_items()
        wizard = (
            self.env["base_import.import"]
            .with_user(user or self.user_manager)
            .with_context(**action["params"]["context"])
            .create(
                {
                    "res_model": action["params"]["active_model"],
                    "file": workbook,
                    "file_name": "items.xlsx",
                    "file_type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                }
            )
        )
        options = {"quoting": '"', "has_headers": True, "float_thousand_separator": ",",
                   "float_decimal_separator": "."}  # fmt: skip
        with mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base_import.models.base_import"):
            return wizard.execute_import(FIELDS, list(HEADER), options, dryrun=dryrun)

    def test_bill_of_quantities_is_imported(self):
        contract = self._create_works_draft()
        result = self._import(
            contract,
            make_workbook(
                ("1.1", "Remove loose tiles", "m²", 48, 640), ("1.2", "Lay tiles", "m²", 168.75, 640)
            ),
        )
        self.assertFalse(result["messages"])
        self.assertEqual(contract.item_ids.mapped("amount"), [30720.0, 108000.0])
        self.assertEqual(contract.amount_items, 138720.0)
        self.assertEqual(
            contract.items_hint, "The items add up to $138,720.00, the contract amount is $200,000.00."
        )
        self.assertEqual(contract.item_ids.uom_id, self.env.ref("uom.product_uom_square_meter"))

    def test_faulty_rows_are_named_and_nothing_is_saved(self):
        contract = self._create_works_draft()
        result = self._import(
            contract,
            make_workbook(
                ("1", "Good row", "m²", 48, 640),
                ("2", "Negative", "m²", -1, 640),
                ("3", "Unknown unit", "furlong", 48, 640),
                ("4", None, "m²", 48, 640),
            ),
        )
        messages = {message["record"]: message["message"] for message in result["messages"]}
        self.assertIn("Negative: price and quantity cannot be negative.", messages[1])
        self.assertIn("furlong", messages[2])
        self.assertIn("Name", messages[3])
        self.assertFalse(contract.item_ids)

    def test_code_used_twice_is_refused(self):
        contract = self._create_works_draft(item_ids=[Command.create({"name": "Old", "code": "1"})])
        result = self._import(contract, make_workbook(("1", "New", "m²", 48, 640)))
        self.assertIn("Another item of the contract has this code.", result["messages"][0]["message"])
        self.assertEqual(contract.item_ids.mapped("name"), ["Old"])

    def test_price_that_is_no_number_is_refused(self):
        contract = self._create_works_draft()
        result = self._import(contract, make_workbook(("1", "Row", "m²", "forty-eight", 640)))
        self.assertIn("forty-eight", result["messages"][0]["message"])
        self.assertFalse(contract.item_ids)

    def test_only_a_draft_takes_items(self):
        contract = self._create_works_draft()
        self._file_letter(contract)
        contract.with_user(self.user_manager).action_submit()
        with self.assertRaisesRegex(UserError, "draft only"):
            contract.with_user(self.user_manager).action_import_items()
        loaded = (
            self.env["outsourcing.contract.item"]
            .with_user(self.user_manager)
            .with_context(default_contract_id=contract.id)
            .load(["name"], [["Late"]])
        )
        self.assertIn("lines can no longer be changed", loaded["messages"][0]["message"])
        self.assertFalse(contract.item_ids)

    def test_outsider_imports_nothing(self):
        contract = self._create_works_draft()
        with self.assertRaises(AccessError):  # core's own
            contract.with_user(self.user_outsider).action_import_items()

    def test_templates_exist_and_import_as_they_are(self):
        for lang, name in (("en_US", "contract_items_en"), ("zh_CN", "contract_items_zh_CN")):
            self.env["res.lang"]._activate_lang(lang)
            Item = self.env["outsourcing.contract.item"].with_context(lang=lang)
            template = Item.get_import_templates()[0]["template"]
            self.assertIn(name, template)
            self.assertTrue(file_path(template.strip("/")))

    def test_list_compares_agreed_and_measured(self):
        contract = self._create_works_contract(
            item_ids=[Command.create({"name": "Tiles", "price_unit": 100.0, "quantity": 10})]
        )
        contract.item_ids._gated().quantity_measured = 4
        self.assertEqual(contract.item_ids.amount_measured, 400.0)
        action = contract.with_user(self.user_manager).action_view_items()
        self.assertEqual(action["res_model"], "outsourcing.contract.item")
