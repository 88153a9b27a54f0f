from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tools import parse_number, plain_number

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
class TestExactNumbers(AmendmentCommon):
    def test_product_is_rounded_once(self):
        # 12.345 t at 4,321.987654: cut to two digits before, it came to 53,335.58
        contract = self._create_works_draft()
        item = self._add_item(contract, price=4321.987654, quantity=12.345)
        self.assertEqual((item.price_unit, item.quantity), (4321.987654, 12.345))
        self.assertEqual(item.amount, 53354.94)
        item.invalidate_recordset()
        self.assertEqual((item.price_unit, item.quantity), (4321.987654, 12.345))

    def test_what_cannot_be_kept_is_refused(self):
        contract = self._create_works_draft()
        sentence = "Quantity: 1.00005 has more than 4 decimal places and is not rounded silently."
        with self.assertRaisesRegex(ValidationError, sentence):
            self._add_item(contract, price=1, quantity=1.00005)
        item = self._add_item(contract, price=1, quantity=1)
        with self.assertRaisesRegex(ValidationError, "Unit Price: 0.0000001 has more than 6 decimal places"):
            item.with_user(self.user_manager).write({"price_unit": 0.0000001})
        with self.assertRaisesRegex(ValidationError, "Quantity: inf is too large"):
            item.quantity = float("inf")
        with self.assertRaisesRegex(ValidationError, "Quantity: 10000000000000.* is too large"):
            item.quantity = 1e13

    def test_import_names_the_row_that_cannot_be_kept(self):
        contract = self._create_works_draft()
        loaded = (
            self.env["outsourcing.contract.item"]
            .with_user(self.user_manager)
            .with_context(default_contract_id=contract.id)
            .load(
                ["name", "price_unit", "quantity"],
                [["Good", "0.123456", "0.1234"], ["Bad", "1", "0.12345"], ["Negative", "-1", "1"]],
            )
        )
        messages = {message["record"]: message["message"] for message in loaded["messages"]}
        self.assertEqual(list(messages), [1, 2])
        self.assertIn("0.12345 has more than 4 decimal places", messages[1])
        self.assertEqual(messages[2], "Negative: price and quantity cannot be negative.")
        self.assertFalse(contract.item_ids)

    def test_last_bits_of_a_spreadsheet_are_no_decimals(self):
        contract = self._create_works_draft()
        item = self._add_item(contract, price=0.1 + 0.2, quantity=12.344999999999999)
        self.assertEqual((item.price_unit, item.quantity), (0.3, 12.345))

    def test_variation_keeps_the_contracts_price(self):
        contract = self._create_works_contract()
        draft = {"name": "Steel", "price_unit": 4321.987654, "quantity": 10}
        item = self.env["outsourcing.contract.item"]._gated().create({**draft, "contract_id": contract.id})
        variation = self._draft_variation(contract, {"item_id": item.id, "quantity": 0.0125})
        self.assertEqual(variation.line_ids.price_unit, 4321.987654)
        self.assertEqual(variation.line_ids.amount, 54.02)
        with self.assertRaisesRegex(ValidationError, r"Steel costs \$4,321.987654 by contract"):
            variation.line_ids.price_unit = 4321.987653

    def test_amendment_carries_all_digits_into_the_contract(self):
        contract = self._create_works_draft()
        item = self._add_item(contract, price=1.5, quantity=10)
        self._activate(contract)
        change = {"kind": "item_change", "item_id": item.id, "price_unit": 0.123456, "quantity": 12345.6789}
        amendment = self._amend(contract, change)
        self.assertEqual((item.price_unit, item.quantity), (0.123456, 12345.6789))
        self.assertEqual(item.amount, 1524.15)
        self.assertIn("12345.6789", amendment.line_ids.new_value)
        self.assertIn("0.123456", amendment.line_ids.new_value)

    def test_fee_of_units_is_rounded_once(self):
        contract = self._create_contract()
        fee = {"community_id": self.community.id, "quantity": 52_345.6789, "price_unit": 1.234567}
        contract.fee_ids = [Command.clear(), Command.create(fee)]
        self.assertEqual(contract.fee_ids.amount, 64624.25)

    def test_typed_numbers_are_read_as_meant(self):
        typed = {"46,5": 46.5, "46，5": 46.5, "４６．５": 46.5, " 1 234.5 ": 1234.5, "1,234.5": 1234.5,
                 "1,234": 1234.0, "0,125": 0.125, "12。5": 12.5, "": 0.0, None: 0.0, "-3": -3.0}  # fmt: skip
        for text, number in typed.items():
            self.assertEqual(parse_number(text), number, text)
        for text in ("1e5", "nan", "inf", "1,23,4", "12.3.4", "abc", "1,2,3", "--1"):
            with self.assertRaises(ValueError, msg=text):
                parse_number(text)

    def test_numbers_are_written_with_all_their_digits(self):
        for number, text in {12345.6789: "12345.6789", 640.0: "640", 0.000001: "0.000001", -0.0: "0"}.items():
            self.assertEqual(plain_number(number), text)
