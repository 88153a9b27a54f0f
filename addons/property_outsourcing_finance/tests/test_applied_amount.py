from odoo.fields import Command
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestAppliedAmount(SettlementCommon):
    """A firm that applies for less than was accepted is paid that; the rest stays payable."""

    def _apply(self, rows, amount):
        contract = rows.contract_id.with_user(self.portal_contractor)
        applications = self.env["outsourcing.payment.application"].with_user(self.portal_contractor)
        return applications._portal_apply(contract, dict.fromkeys(rows.ids, amount)).sudo()

    def _amounts(self, settlement):
        lines = settlement.line_ids.filtered(lambda line: line.kind == "milestone")
        return {line.milestone_id: line.quantity for line in lines}

    def _draw_up(self, application):
        action = application.with_user(self.user_supervisor).action_settle()
        return self.env["outsourcing.settlement"].browse(action["res_id"])

    def test_the_lower_amount_is_settled_and_the_rest_stays(self):
        row = self._create_service().milestone_ids[0]
        accepted = row.amount_to_settle
        application = self._apply(row, accepted - 100.0)
        settlement = self._settle(row)
        line = settlement.line_ids.filtered(lambda line: line.kind == "milestone")
        self.assertEqual(line.quantity, accepted - 100.0)
        self.assertIn("may still be applied for", line.formula)
        self.assertEqual(row.amount_to_settle, 100.0)
        self.assertEqual((application.state, application.settlement_id), ("settled", settlement))
        settlement.with_user(self.user_supervisor).action_generate_lines()
        line = settlement.line_ids.filtered(lambda line: line.kind == "milestone")
        self.assertEqual(line.quantity, accepted - 100.0, "taken over again, it is the same")
        self._apply(row, 100.0)
        rest = self._settle(row)
        self.assertEqual(rest.line_ids.filtered(lambda line: line.kind == "milestone").quantity, 100.0)
        self.assertEqual(row.amount_to_settle, 0.0)

    def test_without_an_application_all_of_it_is_settled(self):
        row = self._create_service().milestone_ids[0]
        accepted = row.amount_to_settle
        settlement = self._settle(row)
        line = settlement.line_ids.filtered(lambda line: line.kind == "milestone")
        self.assertEqual(line.quantity, accepted)
        self.assertNotIn("applied for", line.formula)

    def test_a_row_that_was_settled_alone_is_not_settled_again_with_the_rest_of_its_application(self):
        first, second = self._create_service(months=2).milestone_ids[:2]
        application = self._apply(first | second, 60.0)
        self.assertEqual(self._amounts(self._settle(first)), {first: 60.0})
        self.assertEqual(application.state, "submitted")
        self.assertEqual(self._amounts(self._draw_up(application)), {second: 60.0})
        self.assertEqual(application.state, "settled")

    def test_each_draft_of_an_application_is_taken_over_again_with_what_was_applied_for(self):
        first, second = self._create_service(months=2).milestone_ids[:2]
        self._apply(first | second, 60.0)
        drafts = self._settle(first), self._settle(second)
        for draft, row in zip(drafts, (first, second), strict=True):
            draft.with_user(self.user_supervisor).action_generate_lines()
            self.assertEqual(self._amounts(draft), {row: 60.0})

    def test_an_application_waits_again_when_its_draft_is_deleted(self):
        row = self._create_service().milestone_ids[0]
        application = self._apply(row, 60.0)
        self._settle(row).with_user(self.user_supervisor).unlink()
        self.assertEqual((application.state, application.date_answered), ("submitted", False))
        self.assertEqual(application.activity_ids.summary, "Settle what the contractor applies for")
        self.assertEqual(self._amounts(self._draw_up(application)), {row: 60.0})

    def test_an_application_waits_again_when_its_settlement_is_cancelled(self):
        row = self._create_service().milestone_ids[0]
        application = self._apply(row, 60.0)
        self._settle(row).with_user(self.user_supervisor)._step_back("cancelled", "Wrong month")
        self.assertEqual(application.state, "submitted")
        self.assertEqual(self._amounts(self._draw_up(application)), {row: 60.0})

    def test_a_row_taken_off_a_draft_is_still_applied_for(self):
        first, second = self._create_service(months=2).milestone_ids[:2]
        application = self._apply(first | second, 60.0)
        draft = self._draw_up(application)
        draft.with_user(self.user_supervisor).write({"milestone_ids": [Command.unlink(second.id)]})
        self.assertEqual(application.state, "submitted")
        self.assertEqual(self._amounts(self._draw_up(application)), {second: 60.0})

    def test_a_newer_application_of_the_row_stands_when_the_older_settlement_is_cancelled(self):
        row = self._create_service().milestone_ids[0]
        older = self._apply(row, 60.0)
        draft = self._settle(row)
        newer = self._apply(row, 40.0)
        draft.with_user(self.user_supervisor)._step_back("cancelled", "Wrong month")
        self.assertEqual((older.state, newer.state), ("settled", "submitted"))
        self.assertEqual(self._amounts(self._draw_up(newer)), {row: 40.0})

    def test_a_newer_application_waits_on_when_the_draft_of_the_older_one_is_taken_over_again(self):
        row = self._create_service().milestone_ids[0]
        older = self._apply(row, 60.0)
        draft = self._settle(row)
        newer = self._apply(row, 40.0)
        draft.with_user(self.user_supervisor).action_generate_lines()
        self.assertEqual(self._amounts(draft), {row: 60.0})
        self.assertEqual((older.state, newer.state), ("settled", "submitted"))
        self.assertFalse(newer.line_ids.settlement_id)
        self.assertEqual(self._amounts(self._draw_up(newer)), {row: 40.0})

    def test_of_two_drafts_deleted_together_the_newer_application_waits_again(self):
        row = self._create_service().milestone_ids[0]
        older = self._apply(row, 60.0)
        drafts = self._settle(row)
        newer = self._apply(row, 40.0)
        drafts |= self._draw_up(newer)
        drafts.with_user(self.user_supervisor).unlink()
        self.assertEqual((older.state, newer.state), ("settled", "submitted"))
        self.assertEqual(self._amounts(self._draw_up(newer)), {row: 40.0})

    def test_two_drafts_of_a_row_taken_over_again_together_each_keep_what_was_applied_for(self):
        row = self._create_service().milestone_ids[0]
        self._apply(row, 60.0)
        older = self._settle(row)
        newer = self._draw_up(self._apply(row, 40.0))
        (newer | older).with_user(self.user_supervisor).action_generate_lines()
        self.assertEqual((self._amounts(older), self._amounts(newer)), ({row: 60.0}, {row: 40.0}))

    def test_two_drafts_of_a_row_taken_over_again_together_take_no_more_than_is_accepted(self):
        row = self._create_service().milestone_ids[0]
        accepted = row.amount_to_settle
        self._apply(row, 60.0)
        older = self._settle(row)
        newer = self._settle(row)
        (newer | older).with_user(self.user_supervisor).action_generate_lines()
        self.assertEqual((self._amounts(older), self._amounts(newer)), ({row: 60.0}, {row: accepted - 60.0}))
