from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .adjustment_common import AdjustmentCommon


@tagged("post_install", "-at_install")
class TestAdjustmentDecision(AdjustmentCommon):
    """Who confirms, appeals, waives; and what becomes of what nobody decides."""

    def test_supervisor_cannot_confirm(self):
        self._miss(5)
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self.contract.adjustment_ids.with_user(self.user_supervisor).action_confirm()

    def test_contractor_sees_it_once_confirmed(self):
        self._miss(5)
        adjustments = self.env["outsourcing.adjustment"].with_user(self.portal_contractor)
        self.assertFalse(adjustments.search([]))
        self.contract.adjustment_ids.with_user(self.user_manager).action_confirm()
        self.assertEqual(adjustments.search([]), self.contract.adjustment_ids)
        competitors = self.env["outsourcing.adjustment"].with_user(self.portal_competitor)
        self.assertFalse(competitors.search([]))

    def test_appeal_is_the_contractors_alone(self):
        adjustment = self._confirmed()
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            adjustment.with_user(self.portal_competitor)._portal_appeal("No")
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            adjustment.with_user(self.user_manager)._portal_appeal("No")
        adjustment.with_user(self.portal_contractor)._portal_appeal("The key was not handed out")
        self.assertEqual(adjustment.state, "appealed")
        self.assertEqual(adjustment.appealed_by_id, self.portal_contractor)

    def test_appeal_needs_a_reason_and_comes_in_time_and_once(self):
        adjustment = self._confirmed()
        as_contractor = adjustment.with_user(self.portal_contractor)
        with self.assertRefused("Please write why you object."):
            as_contractor._portal_appeal("   ")
        with (
            freeze_time(fields.Date.add(adjustment.appeal_deadline, days=1)),
            self.assertRefused("could be appealed until"),
        ):
            as_contractor._portal_appeal("Too late")
        as_contractor._portal_appeal("Once")
        adjustment.decision = "Photos show the visit was missed"
        adjustment.with_user(self.user_manager).action_uphold()
        with self.assertRaisesRegex(UserError, "already been appealed"):
            as_contractor._portal_appeal("Twice")

    def test_unanswered_appeal_is_granted(self):
        adjustment = self._confirmed()
        adjustment.with_user(self.portal_contractor)._portal_appeal("The key was not handed out")
        with freeze_time(fields.Date.add(adjustment.answer_deadline, days=1)):
            self.env["outsourcing.adjustment"]._cron_grant_unanswered_appeals()
        self.assertEqual(adjustment.state, "waived")
        self.assertIn("not answered", adjustment.decision)

    def test_an_appeal_may_be_answered_on_the_last_day(self):
        adjustment = self._confirmed()
        adjustment.with_user(self.portal_contractor)._portal_appeal("The key was not handed out")
        with freeze_time(adjustment.answer_deadline):
            self.env["outsourcing.adjustment"]._cron_grant_unanswered_appeals()
        self.assertEqual(adjustment.state, "appealed")

    def test_it_is_final_when_acknowledged_or_the_time_is_over(self):
        adjustment = self._confirmed()
        self.assertFalse(adjustment._is_final())
        with freeze_time(fields.Date.add(adjustment.appeal_deadline, days=1)):
            self.assertTrue(adjustment._is_final())
        adjustment.with_user(self.portal_contractor)._portal_acknowledge()
        self.assertTrue(adjustment._is_final())

    def test_waiving_needs_a_reason_and_gives_the_cap_back(self):
        adjustment = self._confirmed()
        rule = adjustment.rule_id
        self.assertEqual(rule.amount_confirmed, 600.0)
        with self.assertRaisesRegex(UserError, "Write the reason"):
            adjustment.with_user(self.user_manager)._take_reasoned_step("waive", " ")
        self._decide_with_reason(adjustment.with_user(self.user_manager), "action_waive", "Force majeure")
        self.assertEqual(adjustment.decision, "Force majeure")
        self.assertEqual((adjustment.state, rule.amount_confirmed), ("waived", 0.0))

    def test_undecided_adjustment_holds_back_its_own_amount_only(self):
        self._miss(5)
        self._accept_row(self.january, 12000.0, date(2026, 1, 31), self.contract)
        blockers = self.contract._get_settlement_blockers(self.january)
        self.assertFalse([message for message in blockers if self.contract.adjustment_ids.name in message])
        line = self.contract._prepare_settlement_lines(self.january)[0]
        self.assertEqual((line["quantity"], line["held_back"]), (11400.0, 600.0))
        self.assertRegex(line["held_back_note"], "600.00 held back: Zhang Manager decides .* by 20")

    def test_what_a_penalty_waits_for_is_said_with_who_and_when(self):
        adjustment = self._confirmed()
        self.assertIn("can be appealed by the contractor until", adjustment._get_pending_sentence())
        adjustment.with_user(self.portal_contractor)._portal_appeal("The key was not handed out")
        self.assertIn("Zhang Manager answers the appeal", adjustment._get_pending_sentence())

    def test_proposals_nobody_decides_lapse(self):
        self._miss(5)
        proposal = self.contract.adjustment_ids
        self.company.outsourcing_proposal_days = 10
        for days, state in ((10, "proposed"), (11, "waived")):
            with freeze_time(fields.Datetime.add(fields.Datetime.now(), days=days)):
                self.env["outsourcing.adjustment"]._cron_drop_undecided()
            self.assertEqual(proposal.state, state)
        self.assertIn("nobody decided", proposal.decision)
        self.assertFalse(proposal.activity_ids)

    def test_proposals_stay_open_where_the_company_says_so(self):
        self._miss(5)
        self.company.outsourcing_proposal_days = 0
        with freeze_time(fields.Datetime.add(fields.Datetime.now(), days=400)):
            self.env["outsourcing.adjustment"]._cron_drop_undecided()
        self.assertEqual(self.contract.adjustment_ids.state, "proposed")

    def test_a_handwritten_adjustment_is_confirmed_by_another_manager(self):
        rule = self.contract.rule_ids.filtered(lambda r: r.trigger == "order_late")
        vals = {"contract_id": self.contract.id, "rule_id": rule.id, "amount": 1.0, "reason": "Two days late"}
        adjustments = self.env["outsourcing.adjustment"].with_user(self.user_manager)
        with self.assertRefused("These values are written by the system alone"):
            adjustments.create({**vals, "is_acknowledged": True})
        adjustment = adjustments.create(vals)
        with self.assertRaisesRegex(UserError, "another person"):
            adjustment.action_confirm()
        adjustment.with_user(self.user_manager2).action_confirm()
        self.assertEqual(adjustment.state, "confirmed")

    def test_an_appeal_is_not_brushed_aside_by_confirming_again(self):
        adjustment = self._confirmed()
        adjustment.with_user(self.portal_contractor)._portal_appeal("The key was not handed out")
        with self.assertRefused("Only a proposal is confirmed; an appeal is upheld or granted."):
            adjustment.action_confirm()
