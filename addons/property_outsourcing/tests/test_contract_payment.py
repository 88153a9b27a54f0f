from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractPayment(OutsourcingCommon):
    """Shares of the price, currency, advance and its recovery."""

    @classmethod
    def _rows(cls, *percents, **vals):
        return [
            Command.create({"name": f"Row {index}", "percent": percent, "sequence": index, **vals})
            for index, percent in enumerate(percents, 1)
        ]

    # ---- shares -----------------------------------------------------------------------------------------

    def test_thirds_add_up_to_the_cent(self):
        contract = self._create_works_draft(
            amount_total=10000.01, milestone_ids=self._rows(33.3333, 33.3333, 33.3334)
        )
        self.assertFalse(contract.payment_hint)
        self.assertEqual(contract.milestone_ids.mapped("amount"), [3333.33, 3333.33, 3333.35])
        self._file_letter(contract)
        contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "to_approve")

    def test_shares_below_the_whole_are_not_submitted(self):
        contract = self._create_works_draft(milestone_ids=self._rows(60, 39.99))
        self.assertEqual(contract.payment_hint, "The shares add up to 99.99 %, not to 100 %.")
        self._file_letter(contract)
        with self.assertRaisesRegex(UserError, r"^The shares add up to 99.99 %, not to 100 %\.$"):
            contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "draft")

    def test_shares_above_the_whole_are_not_saved(self):
        contract = self._create_works_draft()
        first = contract.milestone_ids[0]
        with self.assertRaisesRegex(ValidationError, "100.4"), self.cr.savepoint():
            contract.milestone_ids = [Command.update(first.id, {"percent": 30.4})]
        self.assertEqual(first.percent, 30.0)

    def test_shares_are_swapped_in_one_go(self):
        contract = self._create_works_draft()
        first, second = contract.milestone_ids[:2]
        contract.milestone_ids = [
            Command.update(second.id, {"percent": 50}),
            Command.update(first.id, {"percent": 20}),
        ]
        self.assertFalse(contract.payment_hint)

    def test_row_without_an_amount_is_not_submitted(self):
        contract = self._create_works_draft()
        contract.milestone_ids = [Command.create({"name": "Nothing", "sequence": 90})]
        self._file_letter(contract)
        with self.assertRaisesRegex(UserError, "^Nothing: a payment row needs an amount"):
            contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "draft")

    def test_months_per_period_are_not_negative(self):
        with self.assertRaisesRegex(ValidationError, "cannot be negative"):
            self._create_contract(period_months=-1)

    # ---- currency ---------------------------------------------------------------------------------------

    def test_third_currency_is_refused(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        with self.assertRaisesRegex(ValidationError, "not in EUR"):
            self._create_contract(currency_id=euro.id)
        self.contractor.with_company(self.company).property_purchase_currency_id = euro
        contract = self._create_contract(currency_id=euro.id)
        self.assertEqual(contract.milestone_ids.currency_id, euro)

    def test_adjustment_follows_the_currency_of_the_contract(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.contractor.with_company(self.company).property_purchase_currency_id = euro
        contract = self._create_active_contract(currency_id=euro.id)
        adjustment = self.env["outsourcing.adjustment"].create(
            {
                "contract_id": contract.id,
                "rule_id": contract.rule_ids[0].id,
                "milestone_id": contract.milestone_ids[0].id,
                "reason": "Seen on site",
                "currency_id": self.company.currency_id.id,
            }
        )
        self.assertEqual(adjustment.currency_id, euro)
        self.assertEqual(contract.purchase_order_id.currency_id, euro)

    # ---- advance ----------------------------------------------------------------------------------------

    def _create_advance_draft(self, **vals):
        contract = self._create_works_draft(advance_is_recovered=True, **vals)
        contract.milestone_ids = [
            Command.create({"name": "Advance", "kind": "advance", "percent": 20, "sequence": -1})
        ]
        return contract

    def test_recovered_advance_is_no_part_of_the_price(self):
        contract = self._create_advance_draft()
        self.assertEqual(contract.amount_advance, 40000.0)
        self.assertEqual(contract.amount_rows, 200000.0)
        self._activate(contract)
        self.assertEqual(contract.purchase_order_id.amount_total, 200000.0)
        self.assertEqual(len(contract.purchase_order_id.order_line), 3)

    def test_advance_as_first_instalment_counts_to_the_price(self):
        contract = self._create_works_draft(
            milestone_ids=[
                Command.create({"name": "Advance", "kind": "advance", "percent": 30}),
                Command.create({"name": "Rest", "percent": 70}),
            ]
        )
        self.assertEqual(contract.amount_rows, 200000.0)
        self.assertFalse(contract.amount_advance)
        self._activate(contract)
        self.assertEqual(len(contract.purchase_order_id.order_line), 2)

    def test_advance_that_is_never_recovered_is_not_submitted(self):
        contract = self._create_advance_draft(advance_recovery_rate=15.0)
        with self.assertRaisesRegex(UserError, "40,000.00 is never recovered.*30,000.00 only"):
            contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "draft")

    def test_recovery_from_a_late_row_counts_the_rows_from_there(self):
        contract = self._create_advance_draft(advance_recovery_rate=50.0)
        contract.advance_recovery_from_id = contract.milestone_ids.filtered(
            lambda row: row.kind == "completion"
        )
        with self.assertRaisesRegex(UserError, "30,000.00 only"):
            contract.with_user(self.user_manager).action_submit()

    def test_recovery_without_an_advance_row_is_not_submitted(self):
        contract = self._create_works_draft(advance_is_recovered=True)
        with self.assertRaisesRegex(UserError, "has no advance row"):
            contract.with_user(self.user_manager).action_submit()

    def test_recovery_rate_is_a_share(self):
        for rate in (0.0, -1.0, 100.1):
            with self.assertRaisesRegex(ValidationError, "recovery of the advance"):
                self._create_works_draft(advance_is_recovered=True, advance_recovery_rate=rate)

    def test_advance_is_released_by_a_manager_once_the_bond_is_there(self):
        contract = self._create_advance_draft(retention_rate=0.0, bond_kind="cash", bond_rate=10.0)
        contract.retention_rate = 0.0
        self._activate(contract)
        advance = contract.milestone_ids.filtered("is_prepayment")
        with self.assertRefused("You are not the person who may take this step."):
            advance.with_user(self.user_supervisor).action_release_advance()
        with self.assertRaisesRegex(UserError, "no valid performance bond"):
            advance.with_user(self.user_manager).action_release_advance()
        contract.with_user(self.user_manager).bond_date_received = date(2026, 1, 5)
        advance.with_user(self.user_manager).action_release_advance()
        self.assertEqual(advance.amount_accepted, 40000.0)
        with self.assertRaisesRegex(UserError, "released already"):
            advance.with_user(self.user_manager).action_release_advance()
        with self.assertRaisesRegex(UserError, "no advance payment"):
            contract.milestone_ids[-1].with_user(self.user_manager).action_release_advance()
