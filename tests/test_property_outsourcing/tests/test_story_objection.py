from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StoryCommon, on


@tagged("post_install", "-at_install")
class TestObjectionStory(StoryCommon):
    """84 points are 95 % of 12,000.00; the contractor objects, and what is decided is paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-10-01"):
            cls.contract = cls._open_service()
        cls.row = cls.contract.milestone_ids[0]

    def _score(self):
        """Return the sheet of October, 16 points short, to which the contractor has objected."""
        with on("2026-11-02"):
            self._hand_in_report(self.row)
            sheets = self.env["outsourcing.acceptance"].with_user(self.user_supervisor)
            sheet = sheets._create_month_sheets(self.row)
            for line in sheet.score_line_ids.filtered(lambda line: line.points < line.max_points):
                line.write({"points": line.max_points, "note": "Deducted by clause"})
            sheet.write({"deduction": 16.0, "deduction_reason": "Four visits without a sheet"})
            sheet.action_score()
            self.assertEqual((sheet.score, sheet.factor, sheet.amount_accepted), (84.0, 95.0, 11400.0))
        with on("2026-11-03"):
            sheet.with_user(self.portal_contractor)._portal_dispute_score("Three sheets were handed in")
        return sheet

    def test_a_manager_decides_that_the_score_stands(self):
        sheet = self._score()
        with on("2026-11-04"):
            with self.assertRefused("You are not the person who may take this step; ask", AccessError):
                self._decide_with_reason(sheet, "action_decide_score", "No")
            with self.assertRaisesRegex(UserError, "accept"):
                self._settle_and_pay(self.row)
            manager = sheet.with_user(self.user_manager)
            self._decide_with_reason(manager, "action_decide_score", "Two of the sheets are of September")
            settlement = self._settle_and_pay(self.row)
        self.assertEqual((sheet.state, self.row.amount_accepted), ("accepted", 11400.0))
        self.assertEqual((settlement.amount_payable, settlement.payment_state), (11400.0, "paid"))
        told = sheet.with_user(self.portal_contractor)
        self.assertEqual(told.decision, "Two of the sheets are of September")

    def test_a_corrected_score_is_answered_anew_and_paid(self):
        sheet = self._score()
        with on("2026-11-04"):
            sheet.write({"deduction": 6.0, "deduction_reason": "One visit without a sheet"})
            sheet.action_score()
            self.assertEqual((sheet.factor, sheet.amount_accepted), (98.0, 11760.0))
            self.assertFalse(sheet.date_confirmed)
            sheet.with_user(self.portal_contractor)._portal_confirm_score()
            settlement = self._settle_and_pay(self.row)
        self.assertEqual((self.row.amount_accepted, settlement.amount_payable), (11760.0, 11760.0))

    def test_an_objection_waits_for_a_person_and_says_until_when(self):
        sheet = self._score()
        self.assertEqual((sheet.state, sheet.date_deadline.isoformat()), ("disputed", "2026-11-10"))
        asked = sheet.activity_ids.filtered(lambda activity: "objection" in (activity.summary or ""))
        self.assertTrue(asked.user_id)
        with on("2026-12-20"):
            sheet.with_env(self.env)._get_deemed("2026-12-20")._process_deemed()
        self.assertEqual((sheet.state, self.row.amount_accepted), ("disputed", 0.0))
