from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OutsourcingCommon
from .forging import get_forged_values


@tagged("post_install", "-at_install")
class TestPurchaseGuard(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.order = cls.contract.purchase_order_id
        cls.row = cls.contract.milestone_ids[0]
        cls.line = cls.row.purchase_line_id
        cls.user_buyer = cls._create_internal_user("buyer", "Buyer", "manager")
        cls.user_buyer.group_ids |= cls.env.ref("purchase.group_purchase_manager")

    def test_quantity_price_tax_and_receipt_of_a_contract_line_are_guarded(self):
        for vals in (
            {"product_qty": 13000.0},
            {"price_unit": 2.0},
            {"tax_ids": [Command.clear()]},
            {"qty_received": 12000.0},
            {"qty_received_manual": 1.0},
            {"discount": 5.0},
            {"outsourcing_milestone_id": False},
        ):
            with self.assertRefused("A line of a contract's order follows the contract", msg=str(vals)):
                self.line.with_user(self.user_buyer).write(vals)

    def test_no_kept_value_of_an_order_line_is_forged(self):
        line = self.line.with_user(self.user_buyer)
        forged = get_forged_values(line, free={"sequence", "date_planned"})
        self.assertLessEqual(
            {"qty_invoiced", "outsourcing_community_id", "analytic_distribution"}, set(forged)
        )
        for name, value in forged.items():
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "follows the contract"):
                line.write({name: value})

    def test_no_kept_value_of_an_order_is_forged(self):
        order = self.order.with_user(self.user_buyer)
        free = {
            *("order_line", "user_id", "partner_ref", "note", "priority", "locked", "acknowledged"),
            *("date_planned", "incoterm_id", "receipt_reminder_email", "reminder_date_before_receipt"),
        }
        forged = get_forged_values(order, free=free)
        self.assertLessEqual({"payment_term_id", "invoice_status", "state", "name"}, set(forged))
        for name, value in forged.items():
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "changes only with it"):
                order.write({name: value})

    def test_buyer_sets_reference_and_dates_of_a_contract_order(self):
        order = self.order.with_user(self.user_buyer)
        order.write({"partner_ref": "Their No. 7", "note": "By phone"})
        order.order_line[0].date_planned = "2026-12-01"
        self.assertEqual(order.partner_ref, "Their No. 7")

    def test_an_ordinary_line_claims_no_community(self):
        product = self.env.ref("property_outsourcing.product_outsourced_service")
        vals = {"product_id": product.id, "product_qty": 1}
        orders = self.env["purchase.order"].with_user(self.user_buyer)
        order = orders.create({"partner_id": self.competitor.id, "order_line": [Command.create(vals)]})
        with self.assertRaisesRegex(UserError, "follows the contract"):
            order.order_line.write({"outsourcing_community_id": self.community.id})
        planted = {"order_id": order.id, "outsourcing_community_id": self.community.id}
        self.assertFalse(order.order_line.create({**vals, **planted}).outsourcing_community_id)
        with self.assertRaisesRegex(UserError, "by the contract only"):
            order.order_line.write({"order_id": self.order.id})

    def test_order_is_not_cancelled_reset_or_given_to_another_vendor(self):
        order = self.order.with_user(self.user_buyer)
        with self.assertRefused("and changes only with it"):
            order.button_cancel()
        with self.assertRefused("and changes only with it"):
            order.button_draft()
        with self.assertRefused("and changes only with it"):
            order.write({"partner_id": self.competitor.id})

    def test_lines_are_not_added_to_a_contract_order(self):
        product = self.env.ref("property_outsourcing.product_outsourced_service")
        with self.assertRefused("Lines are added to a contract's order by the contract only."):
            self.order.with_user(self.user_buyer).write(
                {
                    "order_line": [
                        Command.create({"product_id": product.id, "product_qty": 1, "price_unit": 1})
                    ]
                }
            )

    def test_received_quantity_follows_the_accepted_amount(self):
        self._accept_row(self.row, 11760.0, date(2026, 1, 31), self.community)
        self.assertEqual((self.line.qty_received, self.line.qty_to_invoice), (11760.0, 11760.0))

    def test_order_button_does_not_bill_everything(self):
        with self.assertRefused("Nothing here is accepted and not yet settled."):
            self.order.with_user(self.user_buyer)._action_bill_contract_order()

    def test_confirming_writes_no_vendor_price(self):
        self.assertFalse(self.line.product_id.seller_ids)

    def test_line_is_not_repriced(self):
        self.line.product_id.standard_price = 99.0
        self.line.sudo()._compute_price_unit_and_date_planned_and_name()
        self.assertEqual(self.line.price_unit, 1.0)

    def test_handmade_bill_above_the_accepted_amount_does_not_post(self):
        self._accept_row(self.row, 5000.0, date(2026, 1, 31), self.community)
        bill = self._create_bill(quantity=5000.01)
        # with the settlement add-on on top, a hand-made bill is refused even earlier
        with self.assertRaisesRegex(UserError, "accepted|settlement"):
            bill.action_post()

    def test_handmade_bill_with_a_higher_price_does_not_post(self):
        self._accept_row(self.row, 5000.0, date(2026, 1, 31), self.community)
        bill = self._create_bill(quantity=5000.0, price_unit=1.5)
        # with the settlement add-on on top, a hand-made bill is refused even earlier
        with self.assertRaisesRegex(UserError, "accepted|settlement"):
            bill.action_post()

    def test_tax_is_created_where_the_chart_lacks_it(self):
        taxes = self.env["account.tax"]
        for rate in (1.0, 3.0, 6.0, 9.0, 13.0):
            tax = self.company._outsourcing_get_purchase_tax(rate, True)
            self.assertEqual((tax.amount, tax.price_include), (rate, True))
            taxes |= tax
        self.assertEqual(
            self.company._outsourcing_get_purchase_tax(6.0, True), taxes.filtered(lambda t: t.amount == 6)
        )

    def _create_bill(self, quantity, price_unit=1.0):
        vals = {**self.line._prepare_account_move_line(), "quantity": quantity, "price_unit": price_unit}
        return self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.contractor.id,
                "invoice_date": date(2026, 2, 1),
                "invoice_line_ids": [Command.create(vals)],
            }
        )

    def test_contract_lines_are_not_deleted_with_a_forced_unlink(self):
        for record in (self.line, self.order):
            with self.assertRaises(UserError):  # each for a reason of its own
                record.with_user(self.user_buyer).with_context(_force_unlink=True).unlink()

    def test_an_ordinary_order_does_not_claim_a_milestone(self):
        product = self.env.ref("property_outsourcing.product_outsourced_service")
        line = {"product_id": product.id, "product_qty": 1, "outsourcing_milestone_id": self.row.id}
        with self.assertRefused("Lines are added to a contract's order by the contract only."):
            self.env["purchase.order"].with_user(self.user_buyer).create(
                {"partner_id": self.competitor.id, "order_line": [Command.create(line)]}
            )
