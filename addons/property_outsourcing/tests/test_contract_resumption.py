from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractResumption(OutsourcingCommon):
    """Work goes on the day it really did: fee days and clocks count by it, a manager corrects it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Shanghai"
        cls.contract = cls._create_active_contract()
        cls.march = cls.contract.milestone_ids[2]

    def _suspend(self, start="2026-03-11", **vals):
        with freeze_time(start):
            self.contract.with_user(self.user_manager)._suspend("Site closed", pauses_fee=True, **vals)

    def _resume(self, day, entered="2026-03-25", user=None):
        with freeze_time(entered):
            self.contract.with_user(user or self.user_manager)._resume(day)

    def _accept_march(self):
        self._accept_row(self.march, self.march.amount_payable, date(2026, 3, 31), self.community)

    def test_fee_is_due_again_from_the_day_work_went_on(self):
        """11 to 17 March are 7 of 31 days: 12,000 x 7 / 31 = 2,709.68 not due, entered a week later."""
        self._suspend()
        with freeze_time("2026-03-25"):
            action = self.contract.with_user(self.user_manager).action_open_resumption()
            dialog = self.env[action["res_model"]].with_user(self.user_manager)
            form = Form(dialog.with_context(**action["context"]))
            form.date = date(2026, 3, 18)
            self.assertEqual((form.days_paused, form.is_correction), (7, False))
            form.save().action_confirm()
        row = self.contract.suspension_ids
        self.assertEqual((row.date_resumed, row.resumed_by_id), (date(2026, 3, 18), self.user_manager))
        self.assertEqual((self.march.days_paused, self.march.amount_paused), (7, 2709.68))
        self.assertEqual(self.contract.state, "active")

    def test_day_lies_between_suspension_and_today(self):
        self._suspend()
        for day in (date(2026, 3, 10), date(2026, 3, 26)):
            with self.assertRaisesRegex(UserError, "rests since 2026-03-11.*that day and 2026-03-25"):
                self._resume(day)
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self._resume(date(2026, 3, 20), user=self.user_supervisor)
        self.assertEqual(self.contract.state, "suspended")

    def test_no_client_smuggles_a_day_in(self):
        self._suspend()
        with freeze_time("2026-03-25"):
            manager = self.contract.with_user(self.user_manager)
            manager.with_context(outsourcing_as_of="2026-01-01").action_resume()
        self.assertEqual(self.contract.suspension_ids.date_resumed, date(2026, 3, 25))

    def test_accepted_period_is_not_changed_by_a_late_entry(self):
        self._suspend()
        self._accept_march()
        with self.assertRaisesRegex(UserError, "accepted with the days as they stand"):
            self._resume(date(2026, 3, 18), entered="2026-04-02")
        self._resume(date(2026, 4, 2), entered="2026-04-02")
        self.assertEqual(self.march.days_paused, 21)

    def test_manager_corrects_the_day_with_a_reason_and_the_fee_follows(self):
        self._suspend()
        self._resume(date(2026, 3, 25))
        row = self.contract.suspension_ids
        with freeze_time("2026-03-27"):
            action = row.with_user(self.user_manager2).action_correct()
            dialog = self.env[action["res_model"]].with_user(self.user_manager2)
            form = Form(dialog.with_context(**action["context"]))
            self.assertEqual((form.date, form.is_correction), (date(2026, 3, 25), True))
            form.date, form.reason = date(2026, 3, 21), "The crew came on Saturday"
            form.save().action_confirm()
        self.assertEqual((row.date_resumed, row.date_resumed_before), (date(2026, 3, 21), date(2026, 3, 25)))
        self.assertEqual((self.march.days_paused, self.march.amount_paused), (10, 3870.97))
        body = " ".join(self.contract.message_ids.mapped("body"))
        self.assertIn("from 2026-03-25 to 2026-03-21: The crew came on Saturday", body)

    def test_correction_needs_a_manager_a_reason_and_an_end(self):
        self._suspend()
        row = self.contract.suspension_ids
        with self.assertRaisesRegex(UserError, "still open"):
            row.with_user(self.user_manager)._correct(date(2026, 3, 12), "Why")
        self._resume(date(2026, 3, 25))
        with self.assertRaisesRegex(UserError, "Write why"):
            row.with_user(self.user_manager)._correct(date(2026, 3, 12), " ")
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            row.with_user(self.user_supervisor)._correct(date(2026, 3, 12), "Why")
        with self.assertRaises(UserError):  # core's own
            row.with_user(self.user_manager).write({"date_resumed": date(2026, 3, 12)})

    def test_correction_stops_at_the_next_suspension_and_at_accepted_periods(self):
        self._suspend()
        self._resume(date(2026, 3, 18), entered="2026-03-18")
        self._suspend("2026-03-25")
        row = self.contract.suspension_ids.sorted("date_start")[0]
        with freeze_time("2026-04-02"):
            with self.assertRaisesRegex(UserError, "that day and 2026-03-25"):
                row.with_user(self.user_manager)._correct(date(2026, 3, 26), "Too late")
            self._accept_march()
            with self.assertRaisesRegex(UserError, "accepted with the days as they stand"):
                row.with_user(self.user_manager)._correct(date(2026, 3, 20), "Late")

    def test_termination_ends_the_suspension_on_the_last_day(self):
        self._suspend()
        reason = self.env.ref("property_outsourcing.termination_reason_visits")
        with freeze_time("2026-03-25"):
            self.contract.with_user(self.user_manager)._terminate(reason, "Enough", date=date(2026, 3, 20))
        row = self.contract.suspension_ids
        self.assertEqual((row.date_resumed, self.contract.date_terminated), (date(2026, 3, 20),) * 2)

    def test_clocks_rest_from_the_day_of_suspension_to_the_day_of_resumption(self):
        with freeze_time("2026-03-10 10:00:00"):
            order = self.contract._dispatch_order(
                {"name": "Noise", "outsourcing_priority": "p3", "outsourcing_community_id": self.community.id}
            )
            deadline = order.outsourcing_sla_completion_deadline
        with freeze_time("2026-03-12 10:00:00"):
            self.contract.with_user(self.user_manager)._suspend("Closed", date_start=date(2026, 3, 11))
        self._resume(date(2026, 3, 15), entered="2026-03-20 03:00:00")
        hold = order.outsourcing_hold_ids
        # midnight in Shanghai
        self.assertEqual(
            (hold.date_from, hold.date_until), (datetime(2026, 3, 10, 16), datetime(2026, 3, 14, 16))
        )
        self.assertEqual((order.outsourcing_sla_completion_deadline - deadline).days, 4)
        with freeze_time("2026-03-20 04:00:00"):
            self.contract.suspension_ids.with_user(self.user_manager)._correct(date(2026, 3, 17), "Rain")
        self.assertEqual((order.outsourcing_sla_completion_deadline - deadline).days, 6)
