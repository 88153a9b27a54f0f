from datetime import date

from odoo.tests import tagged

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestSuspendedContractorStory(MoneyStoryCommon):
    """The firm is suspended on 10 November: October's 12,000.00 are owed, but leave by a release only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-10-01"):
            cls.contract = cls._open_service()
        cls.october, cls.november = cls.contract.milestone_ids[:2]

    def _suspend(self, state="suspended"):
        self.contractor.with_user(self.user_manager)._set_outsourcing_state(state, "Forged certificates")

    def _bill_october(self):
        self._hand_in_report(self.october)
        self._score_month(self.october).with_user(self.portal_contractor)._portal_confirm_score()
        return self._post_bill(self._settle(self.october))

    def _release(self, amount):
        vals = {"contractor_id": self.contractor.id, "amount": amount, "reason": "Wages before New Year"}
        return self.env["outsourcing.payment.release"].with_user(self.user_manager).create(vals)

    def test_what_is_owed_is_billed_but_leaves_by_a_release_only(self):
        with on("2026-11-10"):
            self._suspend()
            bill = self._bill_october()
            self.assertEqual(bill.amount_total, 12000.0)
            self.assertIn("Forged certificates", bill.outsourcing_settlement_id.payout_blockers)
            with self._refused("is Suspended: Forged certificates\n.*manager other than the payer"):
                self._pay(bill)
            release = self._release(5000.0)
            with self._refused("Forged certificates"):
                self._pay(bill, 5000.01)
            self._pay(bill, 5000.0)
        self.env.invalidate_all()
        settlement = bill.outsourcing_settlement_id
        self.assertEqual((settlement.amount_paid, settlement.amount_residual), (5000.0, 7000.0))
        self.assertEqual((release.amount_used, release.amount_left), (5000.0, 0.0))
        self.assertEqual((self.contract.amount_billed, self.contract.amount_paid), (12000.0, 5000.0))

    def test_no_new_work_goes_out_meanwhile_and_the_contract_says_why(self):
        self._suspend()
        self.env.invalidate_all()
        self.assertIn("Forged certificates", self.contract.contractor_alert)
        with self._refused("is Suspended: Forged certificates"):
            self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Look after it"})

    def test_once_it_is_qualified_again_the_rest_is_paid(self):
        with on("2026-11-10"):
            self._suspend()
            bill = self._bill_october()
            self._suspend("qualified")
            self._pay(bill)
        self.env.invalidate_all()
        self.assertEqual(bill.outsourcing_settlement_id.payment_state, "paid")
        self.assertEqual(self.contract.amount_paid, 12000.0)

    def test_a_penalty_of_the_time_is_taken_off_all_the_same(self):
        with on("2026-11-10"):
            self._suspend()
            penalty = self.contract._propose_adjustment(
                "inspection_missed", self.contract, date=date(2026, 10, 20)
            )
            penalty.with_user(self.user_manager).action_confirm()
            penalty.with_user(self.portal_contractor)._portal_acknowledge()
            bill = self._bill_october()
        self.assertEqual(bill.amount_total, 11400.0)  # 5 % of 12,000.00 are 600.00
