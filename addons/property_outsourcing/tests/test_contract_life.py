from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractLife(OutsourcingCommon):
    """Rest, resume, end before the time: what is accepted stays payable, nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.reason = cls.env.ref("property_outsourcing.termination_reason_visits")
        cls.today = fields.Date.context_today(cls.contract)

    def _accept(self, row, amount=None):
        self._accept_row(row, amount or row.amount, self.today, self.contract)

    def _terminate(self, user=None, **vals):
        contract = self.contract.with_user(user or self.user_manager2)
        contract._terminate(self.reason, "Three visits missed in May", **vals)

    # ---- suspend ----------------------------------------------------------------------------------------

    def test_suspension_is_recorded_and_ended_by_resuming(self):
        action = self.contract.with_user(self.user_manager).action_suspend()
        Wizard = self.env[action["res_model"]].with_user(self.user_manager)
        form = Form(Wizard.with_context(**action["context"]))
        form.reason = "Roof closed by the authority"
        form.date_until = self.today + timedelta(days=10)
        form.save().action_confirm()
        row = self.contract.suspension_ids
        self.assertEqual((self.contract.state, row.suspended_by_id), ("suspended", self.user_manager))
        self.assertTrue(row.pauses_limits)
        self.contract.with_user(self.user_manager2).action_resume()
        self.assertEqual((row.date_resumed, row.resumed_by_id), (self.today, self.user_manager2))

    def test_suspension_needs_a_reason_a_manager_and_a_past_day(self):
        with self.assertRaisesRegex(UserError, "reason"):
            self.contract.with_user(self.user_manager)._suspend(" ")
        with self.assertRaisesRegex(UserError, "future"):
            self.contract.with_user(self.user_manager)._suspend(
                "Later", date_start=self.today + timedelta(days=3)
            )
        for user in (self.user_supervisor, self.user_finance, self.portal_contractor):
            with self.assertRefused("You are not the person who may take this step", AccessError):
                self.contract.with_user(user)._suspend("Why not")
            with self.assertRefused("You are not the person who may take this step", AccessError):
                self.contract.with_user(user).action_suspend()
        self.assertEqual(self.contract.state, "active")

    def test_suspensions_are_not_forged(self):
        rows = self.env["outsourcing.contract.suspension"].with_user(self.user_manager)
        with self.assertRaises(AccessError):  # core's own
            rows.create({"contract_id": self.contract.id, "reason": "x", "date_start": self.today})
        self.contract.with_user(self.user_manager)._suspend("Site closed")
        with self.assertRaises(AccessError):  # core's own
            self.contract.suspension_ids.with_user(self.user_manager).write({"date_start": "2020-01-01"})

    # ---- terminate --------------------------------------------------------------------------------------

    def test_termination_settles_what_is_accepted(self):
        first, second = self.contract.milestone_ids[:2]
        self._accept(first)
        self._accept(second, 5000.0)
        self._terminate(date_notice=self.today)
        order = self.contract.purchase_order_id
        self.assertEqual(self.contract.state, "terminated")
        self.assertEqual(order.amount_total, 17000.0)
        self.assertEqual(sum(order.order_line.mapped("qty_received")), 17000.0)
        self.assertEqual((first.amount_to_bill, second.amount_to_bill), (12000.0, 5000.0))
        self.assertEqual(set(self.contract.milestone_ids[2:].mapped("progress")), {"closed"})
        self.assertFalse(first.date_closed)

    def test_reason_of_the_termination_stays(self):
        self._terminate()
        for user in (self.user_manager, self.user_admin):
            with self.assertRaisesRegex(UserError, "Reason of Termination can no longer be changed"):
                self.contract.with_user(user).end_reason = "By mutual agreement"

    def test_nothing_is_accepted_on_a_closed_row(self):
        self._terminate()
        with self.assertRaisesRegex(UserError, "ended early"):
            self._accept(self.contract.milestone_ids[0])

    def test_termination_tax_excluded_keeps_the_accepted_amount(self):
        self.contract = self._create_active_contract(tax_included=False)
        self._accept(self.contract.milestone_ids[0])
        self._terminate()
        self.assertEqual(self.contract.purchase_order_id.amount_untaxed, 12000.0)

    def test_open_orders_are_cancelled_or_listed(self):
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door noise"})
        self._terminate(decisions={("project.task", order.id): "keep"})
        self.assertNotEqual(order.state, "1_canceled")
        self.assertIn("Door noise", self.contract.message_ids[0].body)
        self.contract = self._create_active_contract()
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Light"})
        self._terminate()
        self.assertEqual(order.state, "1_canceled")

    def test_wizard_warns_of_the_notice_and_shows_the_money(self):
        self._accept(self.contract.milestone_ids[0])
        action = self.contract.with_user(self.user_manager).action_open_termination()
        Wizard = self.env[action["res_model"]].with_user(self.user_manager)
        form = Form(Wizard.with_context(**action["context"]))
        form.reason_id = self.reason
        self.assertIn("30 days", form.notice_warning)
        self.assertEqual((form.amount_to_bill, form.amount_closed), (12000.0, 132000.0))
        form.date_notice = self.today - timedelta(days=31)
        self.assertFalse(form.notice_warning)
        form.explanation = "Three visits missed"
        form.save().action_confirm()
        self.assertEqual(self.contract.termination_reason_id, self.reason)
        self.assertEqual(self.contract.end_reason, "Three visits missed")

    def test_bad_terminations_are_refused_and_change_nothing(self):
        tomorrow = self.today + timedelta(days=1)
        for vals in ({"date": tomorrow}, {"date_notice": tomorrow}):
            with self.assertRaises(UserError):  # each for a reason of its own
                self._terminate(**vals)
        for user in (self.user_supervisor, self.user_finance, self.portal_contractor):
            with self.assertRefused("You are not the person who may take this step", AccessError):
                self._terminate(user)
        with self.assertRefused("can no longer be changed."):
            self.contract.with_user(self.user_manager).write({"termination_reason_id": self.reason.id})
        self.assertEqual(self.contract.state, "active")
        self.assertEqual(self.contract.purchase_order_id.amount_total, 144000.0)

    def test_draft_is_not_terminated(self):
        self.contract = self._create_contract()
        with self.assertRefused("is Draft and cannot become Terminated."):
            self._terminate()
        self.assertFalse(self.contract.end_reason)

    # ---- close ------------------------------------------------------------------------------------------

    def test_undecided_penalty_keeps_the_file_open(self):
        rule = self.contract.rule_ids.filtered(lambda rule: rule.trigger == "order_late")[:1]
        adjustments = self.contract._propose_adjustment("order_late", self.contract)
        self.assertTrue(rule and adjustments)
        self.contract.with_user(self.user_manager).action_complete()
        with self.assertRaisesRegex(UserError, "not decided"):
            self.contract.with_user(self.user_manager).action_close()

    def test_transition_table_is_complete(self):
        table = self.contract._get_transitions()
        self.assertEqual(
            {target: set(sources) for target, sources in table.items()},
            {
                "draft": {"to_approve"},
                "to_approve": {"draft"},
                "active": {"to_approve", "suspended"},
                "suspended": {"active"},
                "completed": {"active"},
                "closed": {"completed"},
                "terminated": {"active", "suspended"},
                "cancelled": {"draft", "to_approve"},
            },
        )

    def test_only_managers_move_a_running_contract(self):
        steps = ("action_suspend", "action_complete", "action_open_termination", "action_terminate")
        for user in (self.user_supervisor, self.user_finance, self.portal_contractor, self.portal_competitor):
            for step in steps:
                with self.assertRaises(AccessError, msg=f"{user.login} {step}"):  # core's own or ours
                    getattr(self.contract.with_user(user), step)()
