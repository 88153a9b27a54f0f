from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestClaim(SettlementCommon):
    """After the end what is owed is taken either way: settled, billed to the contractor, or from the bond."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_service(months=1)
        cls.reason = cls.env.ref("property_outsourcing.termination_reason_visits")

    def _settle_all(self):
        settlement = self._settle(self.contract.milestone_ids[0])
        self._approve(settlement)
        settlement.with_user(self.user_finance2).action_create_bill()
        settlement.bill_id.action_post()

    def _terminate(self):
        self.contract.with_user(self.user_manager)._terminate(self.reason, "Gave up")

    def _claim(self, **vals):
        action = self.contract.with_user(self.user_manager).action_claim()
        claim = self.env["outsourcing.claim"].browse(action["res_id"])
        claim.with_user(self.user_manager).write(
            {"reason": "Clause 7.2, nothing left to take it off", **vals}
        )
        return claim

    def _bill_claim(self, claim):
        claim.with_user(self.user_manager2).action_approve()
        claim.with_user(self.user_finance).action_claim()
        claim.invoice_id.action_post()
        return claim.invoice_id

    def test_deduction_without_settlement_is_billed_to_the_contractor(self):
        """500.00 confirmed after the last settlement: a receivable of 500.00, the penalty is settled."""
        self._settle_all()
        adjustment = self._deduct(self.contract, amount=500.0)
        self._terminate()
        self.assertEqual(self.contract._get_claimable(), 500.0)
        claim = self._claim()
        self.assertEqual((claim.state, claim.amount_total, claim.name), ("draft", 500.0, False))
        bill = self._bill_claim(claim)
        self.assertEqual((bill.move_type, bill.partner_id), ("out_invoice", self.contractor))
        self.assertEqual((bill.amount_total, bill.amount_residual, bill.amount_tax), (500.0, 500.0, 0.0))
        self.assertEqual((claim.state, adjustment.state), ("claimed", "settled"))
        self.assertEqual(self.contract._get_claimable(), 0.0)
        with self.assertRaisesRegex(UserError, "the contractor owes nothing"):
            self.contract.with_user(self.user_manager).action_claim()

    def test_duties_are_separate(self):
        self._settle_all()
        self._deduct(self.contract, amount=70.0)
        self._terminate()
        claim = self._claim()
        with self.assertRaisesRegex(UserError, "Zhang Manager has already acted"):
            claim.with_user(self.user_manager).action_approve()
        for user in (self.user_finance, self.user_supervisor):
            with self.assertRaises(AccessError):  # core's own or ours
                claim.with_user(user).action_approve()
        claim.with_user(self.user_manager2).action_approve()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            claim.with_user(self.user_manager2).action_claim()
        self.assertEqual((claim.amount_total, claim.state), (70.0, "approved"))

    def test_accepted_work_is_settled_first_and_carries_what_it_can(self):
        """12,000.00 accepted, 500.00 and 13,000.00 deducted: 11,500.00 is paid, 13,000.00 is claimed."""
        self._deduct(self.contract, amount=500.0)
        large = self._deduct(self.contract, self.contract.milestone_ids[1], amount=13000.0)
        self._terminate()
        with self.assertRaisesRegex(UserError, "settle what is accepted first"):
            self.contract.with_user(self.user_manager).action_claim()
        settlement = self._settle(self.contract.milestone_ids[0])
        self.assertEqual(settlement.amount_payable, 11500.0)
        self._approve(settlement)
        settlement.with_user(self.user_finance2).action_create_bill()
        claim = self._claim()
        self.assertEqual((claim.line_ids.adjustment_id, claim.amount_total), (large, 13000.0))

    def test_running_contract_claims_nothing(self):
        self._deduct(self.contract, amount=500.0)
        with self.assertRaisesRegex(UserError, "taken off its next settlement"):
            self.contract.with_user(self.user_manager).action_claim()

    def test_bond_is_called_up_to_its_amount(self):
        self._settle_all()
        self._deduct(self.contract, amount=500.0)
        today = fields.Date.today()
        bond = {"bond_kind": "guarantee", "bond_amount": 400.0, "bond_date_received": today,
                "bond_date_valid": fields.Date.add(today, years=1)}  # fmt: skip
        self.contract._gated().write(bond)
        self._terminate()
        claim = self._claim(way="bond")
        with self.assertRaisesRegex(UserError, r"\$400.00 of the performance bond is left, \$500.00 is"):
            claim.with_user(self.user_manager2).action_approve()
        self.contract._gated().write({"bond_amount": 600.0})
        self._bill_claim(claim)
        self.contract.invalidate_recordset(["bond_amount_rest"])
        self.assertEqual(self.contract.bond_amount_rest, 100.0)

    def test_cancelled_claim_frees_its_penalties(self):
        self._settle_all()
        adjustment = self._deduct(self.contract, amount=500.0)
        self._terminate()
        claim = self._claim()
        bill = self._bill_claim(claim)
        with self.assertRaisesRegex(UserError, "is posted. Reset or reverse the bill first"):
            claim.with_user(self.user_manager2).action_cancel()
        bill.button_draft()
        with self.assertRaisesRegex(UserError, "cancel the claim instead of deleting its bill"):
            bill.unlink()
        claim.with_user(self.user_manager2).action_cancel()
        self.assertEqual((bill.state, adjustment.state), ("cancel", "confirmed"))
        self.assertEqual(self.contract._get_claimable(), 500.0)

    def test_rewards_alone_are_settled_after_the_end(self):
        self._settle_all()
        self._deduct(self.contract, amount=800.0, direction="reward")
        self._terminate()
        self.assertEqual(self.contract._get_claimable(), -800.0)
        action = self.contract.with_user(self.user_supervisor).action_settle()
        settlement = self.env["outsourcing.settlement"].browse(action["res_id"])
        self.assertEqual(settlement.amount_payable, 800.0)
        self._approve(settlement)
        settlement.with_user(self.user_finance2).action_create_bill()
        settlement.bill_id.action_post()
        self.assertEqual(settlement.bill_id.amount_total, 800.0)

    def test_termination_lists_settlements_retention_and_penalties(self):
        works = self._create_works()
        self._deduct(works, amount=300.0)
        settlement = self._settle(works.milestone_ids[0])
        points = works.sudo()._get_open_points()
        titles = {point.title: point.amount for point in points}
        self.assertIn(settlement.display_name, titles)
        self.assertEqual(titles["Retention, returned on its day"], 1800.0)
        self.assertIn(300.0, titles.values())
        key = ("outsourcing.settlement", settlement.id)
        works.with_user(self.user_manager)._terminate(
            self.reason, "Gave up", date=date.today(), decisions={key: "cancel"}
        )
        self.assertEqual(settlement.state, "cancelled")

    # ---- closing the file -------------------------------------------------------------------------------

    def _complete(self):
        self._settle_all()
        self.contract.with_user(self.user_manager).action_complete()

    def test_the_file_is_not_closed_over_a_penalty_nobody_has_taken(self):
        self._complete()
        adjustment = self._deduct(self.contract, amount=500.0)
        sentence = (
            rf"No settlement or claim has taken .*{adjustment.name}.*500.00.*Press Claim from the Contr"
        )
        with self.assertRaisesRegex(UserError, sentence):
            self.contract.with_user(self.user_manager).action_close()
        claim = self._claim()
        with self.assertRaisesRegex(UserError, "Claims are still on their way: .*Bill them or cancel them"):
            self.contract.with_user(self.user_manager).action_close()
        self._bill_claim(claim)
        self.contract.with_user(self.user_manager).action_close()
        self.assertEqual(self.contract.state, "closed")

    def test_the_file_is_not_closed_over_a_reward_nobody_has_taken(self):
        self._complete()
        reward = self._deduct(self.contract, amount=80.0, direction="reward")
        with self.assertRaisesRegex(UserError, rf"{reward.name}.*80.00.*Press Settle Rewards"):
            self.contract.with_user(self.user_manager).action_close()

    def test_what_comes_back_after_the_file_was_closed_is_claimed(self):
        """The bill of the claim is taken back after the closing: the penalty is claimed anew."""
        self._complete()
        self._deduct(self.contract, amount=500.0)
        claim = self._claim()
        bill = self._bill_claim(claim)
        self.contract.with_user(self.user_manager).action_close()
        bill.button_draft()
        claim.with_user(self.user_manager).action_cancel()
        self.contract.invalidate_recordset(["amount_claimable"])
        self.assertEqual((self.contract.state, self.contract.amount_claimable), ("closed", 500.0))
        again = self._claim()
        self.assertEqual(self._bill_claim(again).amount_total, 500.0)
