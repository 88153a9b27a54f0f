from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestStatement(SettlementCommon):
    """对账: the contractor's word to the figures before finance approves them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settlement = cls._settle(cls._create_service().milestone_ids[0])
        cls.settlement.with_user(cls.user_supervisor).action_submit()
        cls.settlement.with_user(cls.user_manager).action_check()
        cls.own = cls.settlement.with_user(cls.portal_contractor)

    def _approve_as_finance(self):
        self.settlement.with_user(self.user_finance).action_approve()

    def _let_time_pass(self, silence):
        self.company.outsourcing_statement_silence = silence
        past = fields.Datetime.now() - timedelta(days=20)
        self.settlement._gated().write({"date_submitted": past})

    def test_a_statement_is_due_after_working_days(self):
        day = self.settlement.statement_deadline
        self.assertEqual(self.settlement.statement_state, "waiting")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": fields.Datetime.now(),
                "date_to": fields.Datetime.now() + timedelta(days=14),
            }
        )
        self.assertGreater(self.settlement.statement_deadline, day)

    def test_a_dispute_keeps_finance_from_approving_until_it_is_answered(self):
        self.own._portal_dispute_statement("One visit is missing")
        self.assertEqual(
            self.settlement.activity_ids.filtered("date_deadline")[-1:].user_id, self.user_manager
        )
        with self.assertRefused("is disputed by the contractor: a manager answers the dispute"):
            self._approve_as_finance()
        self.settlement.with_user(self.user_manager)._take_reasoned_step("answer_dispute", "It was missed")
        self.assertEqual(self.settlement.dispute_answer, "It was missed")
        self.settlement.with_user(self.user_finance).action_approve()
        self.assertEqual(self.settlement.state, "approved")

    def test_what_was_approved_is_no_longer_confirmed_or_disputed(self):
        self._approve_as_finance()
        for step in (
            self.own._portal_confirm_statement,
            lambda: self.own._portal_dispute_statement("Too little"),
        ):
            with self.assertRefused("its statement can no longer be confirmed or disputed"):
                step()

    def test_a_statement_is_answered_once(self):
        self.own._portal_confirm_statement()
        with self.assertRefused("You have answered the statement"):
            self.own._portal_dispute_statement("Too little")

    def test_another_firm_answers_nothing(self):
        stranger = self.settlement.with_user(self._create_portal_user("13800000099", "Else", self.competitor))
        for step in (
            stranger._portal_confirm_statement,
            lambda: stranger._portal_dispute_statement("Too little"),
        ):
            with self.assertRaisesRegex(AccessError, "Only the contractor of this document"):
                step()

    def test_a_client_stamps_no_answer(self):
        draft = self._settle(self._create_service().milestone_ids[0]).with_user(self.user_finance)
        for vals in (
            {"statement_state": "confirmed"},
            {"dispute_answer": "Yes"},
            {"statement_deadline": fields.Date.today()},
        ):
            with self.assertRefused("These values are written by the system alone"):
                draft.write(vals)

    def test_silence_counts_as_consent_where_the_company_says_so(self):
        self._let_time_pass("confirmed")
        self.env["outsourcing.settlement"]._cron_statement_silence()
        self.assertEqual(self.settlement.statement_state, "deemed")
        with self.assertRefused("could be disputed until"):
            self.own._portal_dispute_statement("Too little")
        self._approve_as_finance()

    def test_a_manager_decides_about_silence_where_the_company_says_so(self):
        self._let_time_pass("manager")
        self.env["outsourcing.settlement"]._cron_statement_silence()
        self.assertEqual(self.settlement.statement_state, "silent")
        with self.assertRefused("has not answered by"):
            self._approve_as_finance()
        self.settlement.with_user(self.user_manager)._take_reasoned_step("decide_silence", "By telephone")
        self.settlement.with_user(self.user_finance).action_approve()

    def test_nobody_decides_about_silence_once_it_is_broken(self):
        self._let_time_pass("manager")
        self.env["outsourcing.settlement"]._cron_statement_silence()
        asked = self.settlement.activity_ids
        self.own._portal_confirm_statement()
        self.assertEqual(self.settlement.statement_state, "confirmed")
        self.assertTrue(asked - self.settlement.activity_ids)
        self.assertFalse(self.settlement.activity_ids.filtered(lambda row: "Decide" in (row.summary or "")))

    def test_finance_waits_for_the_answer_where_the_company_says_so(self):
        self.company.outsourcing_statement_silence = "confirmed"
        with self.assertRefused("waits for the contractor's answer until"):
            self._approve_as_finance()
        self.own._portal_confirm_statement()
        self.settlement.with_user(self.user_finance).action_approve()

    def test_a_returned_settlement_asks_again(self):
        self.own._portal_dispute_statement("One visit is missing")
        self.settlement.with_user(self.user_manager)._step_back("draft", "Right")
        self.assertEqual(self.settlement.statement_state, "none")
        self.settlement.with_user(self.user_supervisor).action_submit()
        self.own._portal_confirm_statement()
        self.assertEqual(self.settlement.statement_state, "confirmed")

    def test_our_lateness_is_told(self):
        self._approve_as_finance()
        self.settlement.with_user(self.user_finance2).action_create_bill()
        bill = self.settlement.bill_id
        day = trade_today(self.settlement) - timedelta(days=10)
        bill.write({"invoice_payment_term_id": False, "invoice_date_due": day})
        bill.with_user(self.user_finance2).action_post()
        self.assertEqual(self.own._get_days_late(), 10)
        self.assertIn("the property company is 10 day(s) late.", " ".join(self.own._get_course()))
        self._pay(bill)
        self.assertEqual(len(self.own._get_payments()), 1)
