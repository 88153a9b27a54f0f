import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestScoreAnswer(AcceptanceCommon):
    """The contractor answers a score on its phone, on the printed sheet, or not at all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.january = cls.contract.milestone_ids.sorted("date_end")[0]
        cls.sheet = cls._create_sheets(cls.contract, month=1)
        cls.sheet.action_score()
        cls.colleague = cls.sheet.with_user(cls.user_supervisor2)
        cls.scan = [("sheet.pdf", make_pdf("signed score sheet"))]

    def _enter(self, sheet=None, **values):
        """Fill in the dialogue as the user of ``sheet``."""
        sheet = sheet or self.colleague
        action = sheet.action_enter_score_sheet()
        wizard = Form(sheet.env[action["res_model"]].with_context(**action["context"]))
        wizard.signer_id = values.pop("signer", self.performer)
        for name, value in values.items():
            setattr(wizard, name, value)
        with wizard.file_ids.new() as file:
            file.name, file.content = self.scan[0][0], base64.b64encode(self.scan[0][1])
        wizard.save().action_confirm()
        self.sheet.invalidate_recordset()

    # ---- on paper ---------------------------------------------------------------------------------------

    def test_signed_sheet_is_entered_and_accepts_the_month(self):
        self._enter()
        self.assertEqual((self.sheet.state, self.january.amount_accepted), ("accepted", 12000.0))
        self.assertTrue(self.sheet.is_paper and not self.sheet.is_deemed)
        self.assertEqual(self.sheet.confirm_signer_name, self.performer.name)
        self.assertEqual(self.sheet.confirm_entered_by_id, self.user_supervisor2)
        self.assertFalse(self.sheet.confirmed_by_id, "Whoever enters the sheet does not confirm it")
        scan = self.sheet.evidence_ids
        self.assertEqual((scan.is_paper, scan.caption), (True, "Signed score sheet"))

    def test_print_names_who_signed_on_paper(self):
        self._enter()
        self.performer.name = "Somebody Else"
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "property_outsourcing_acceptance.report_month_score_document", self.sheet.ids
        )
        self.assertRegex(html.decode(), r"Signed on paper by\s*Chen Foreman")

    def test_objection_on_paper_puts_the_sheet_under_objection(self):
        self._enter(answer="objection", objection="The visits were on time")
        self.assertEqual(self.sheet.state, "disputed")
        self.assertEqual((self.sheet.dispute_reason, self.sheet.is_paper), ("The visits were on time", True))
        self.assertFalse(self.january.date_accepted)

    def test_whoever_scored_does_not_enter_the_answer(self):
        with self.assertRaisesRegex(UserError, "has already acted as Scored by"):
            self.sheet.with_user(self.user_supervisor).action_enter_score_sheet()
        for user in (self.user_outsider, self.portal_contractor, self.user_finance):
            with self.subTest(user=user.name), self.assertRaises(AccessError):  # core's own or ours
                self.sheet.with_user(user).action_enter_score_sheet()

    def test_paper_needs_a_person_of_the_firm_a_scan_and_a_day_that_was(self):
        today = fields.Date.context_today(self.sheet)
        record = self.colleague._record_score_paper
        with self.assertRaisesRegex(UserError, "Owner Zhou is not one of the people of Steady Elevators"):
            record(self.representative, self.scan)
        with self.assertRaisesRegex(UserError, "is not one of the people of Steady Elevators"):
            record(self.contractor, self.scan)
        with self.assertRaisesRegex(UserError, "Attach the scan"):
            record(self.performer, [])
        for day in (today - timedelta(days=2), today + timedelta(days=1)):
            with self.assertRaisesRegex(UserError, "when it was handed over, and today"):
                record(self.performer, self.scan, date=day)
        with self.assertRaisesRegex(UserError, "write why you object"):
            record(self.performer, self.scan, objection=" ")
        self.assertEqual((self.sheet.state, len(self.sheet.evidence_ids)), ("to_confirm", 0))

    def test_an_answered_sheet_takes_no_second_answer(self):
        self._enter()
        with self.assertRaisesRegex(UserError, "does not wait for the contractor's answer"):
            self.colleague._record_score_paper(self.performer, self.scan)

    # ---- objection --------------------------------------------------------------------------------------

    def _object(self):
        self.sheet.with_user(self.portal_contractor)._portal_dispute_score("The visits were on time")

    def test_objection_is_never_called_rework(self):
        self._object()
        self.assertEqual(self.sheet._get_state_label(), "Under objection")
        self.assertEqual(self.sheet.waiting_for, self.company.name)
        due = fields.Date.context_today(self.sheet) + timedelta(days=self.contract.answer_days)
        self.assertEqual(self.sheet.date_deadline, due)

    def test_a_corrected_score_is_handed_over_again(self):
        self._enter(answer="objection", objection="The visits were on time")
        line = self.sheet.score_line_ids[0].with_user(self.user_supervisor)
        line.write({"points": line.max_points - 1, "note": "One visit late"})
        self.sheet.with_user(self.user_supervisor).action_score()
        self.assertEqual(self.sheet.state, "to_confirm")
        self.assertFalse(self.sheet.is_paper or self.sheet.confirm_signer_name, "The new score is unanswered")
        self.sheet.with_user(self.portal_contractor)._portal_confirm_score()
        self.assertEqual((self.sheet.state, self.sheet.confirmed_by_id), ("accepted", self.portal_contractor))

    def test_silence_does_not_decide_an_objection(self):
        self._object()
        sheets = self.sheet.with_user(self.env.ref("base.user_root"))
        self.assertFalse(sheets._get_deemed(fields.Date.today() + timedelta(days=90)))

    def test_a_withdrawn_score_is_scored_anew_and_stays_on_record(self):
        self.sheet.with_user(self.portal_contractor)._portal_confirm_score()
        reason = "Scored the wrong month"
        self._decide_with_reason(self.sheet.with_user(self.user_manager), "action_withdraw", reason)
        self.assertEqual((self.sheet.state, self.january.amount_accepted), ("draft", 0.0))
        self.assertFalse(self.sheet.confirmed_by_id or self.sheet.date_confirmed)
        with self.assertRaisesRegex(UserError, "handed over to the contractor is not deleted"):
            self.sheet.sudo().unlink()
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            self.sheet.with_user(self.user_manager).milestone_id = self.contract.milestone_ids[1]
        self.sheet.with_user(self.user_supervisor).action_score()
        self.assertEqual(self.sheet.state, "to_confirm")

    def test_levels_know_no_objection_and_scores_no_rework(self):
        self._enter()
        with self.assertRaisesRegex(UserError, "it is accepted by Monthly score"):
            self.sheet._as_system()._transition_to("rework")
        self.assertNotIn("disputed", self.sheet._group_expand_states([], [("method", "=", "levels")]))
        self.assertNotIn("rework", self.sheet._group_expand_states([], [("method", "=", "score")]))
