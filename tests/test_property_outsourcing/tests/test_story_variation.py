from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing_amendment.tests.amendment_common import AmendmentCommon

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestVariationStory(MoneyStoryCommon, AmendmentCommon):
    """20 m² more of tiles at 180.00, 3,600.00: returned, refused, then agreed and paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-03-01"):
            items = [
                {"code": "1", "name": "Tiles", "price_unit": 180.0, "quantity": 1000.0},
                {"code": "2", "name": "Bedding", "price_unit": 20.0, "quantity": 1000.0},
            ]
            cls.contract = cls._open_facade(item_ids=[Command.create(item) for item in items])
        cls.more = {"item_id": cls.contract.item_ids.filtered(lambda i: i.code == "1").id, "quantity": 20.0}

    def _submit(self, **vals):
        return self._submit_variation(self.contract, self.more, **vals)

    def test_what_is_returned_or_refused_moves_no_money(self):
        with on("2026-03-20"):
            returned, refused = self._submit(), self._submit(title="Once more")
            supervisor = returned.with_user(self.user_supervisor)
            supervisor.answer = "Measure again"
            supervisor.action_return()
            manager = refused.with_user(self.user_manager)
            manager.answer = "It is in the contract already"
            manager.action_reject()
        self.assertEqual((returned.state, refused.state), ("draft", "rejected"))
        self._assert_in_step(self.contract, 200000.0)
        with on("2026-03-31"):
            self.assertEqual(self._pay_row(self._rows(self.contract)[0]).amount_payable, 58200.0)

    def test_what_is_approved_is_paid_once_the_amendment_is_signed(self):
        with on("2026-04-01"):
            variation = self._approve_variation(self.contract, self.more)
            self._assert_in_step(self.contract, 200000.0)
            amendment = self._amend_by(variation)
        self._assert_in_step(self.contract, 203600.0)
        self.assertEqual((variation.state, amendment.state), ("amended", "active"))
        rows = self._rows(self.contract)
        self.assertEqual(sorted(rows.mapped("amount")), [3600.0, 60000.0, 60000.0, 80000.0])
        with on("2026-04-20"):
            extra = rows.filtered(lambda row: row.amount == 3600.0)
            settlement = self._pay_row(extra)
        # 3 % of 3,600.00 are 108.00
        self.assertEqual((settlement.amount_retention, settlement.amount_paid), (108.0, 3492.0))

    def _amend_by(self, variation):
        amendment = variation.with_user(self.user_manager)._create_amendment("More tiles", name="Extra tiles")
        amendment.date_effective = date(2026, 4, 1)
        amendment.action_submit()
        amendment.with_user(self.user_director).action_approve()
        return self._sign_amendment(amendment).with_env(self.env)
