from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..models.dispatch.work_clock import WorkClock
from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderHold(OrderCommon):
    def _request(self, order, moment, reason=None):
        with freeze_time(moment):
            order.with_user(self.portal_contractor)._portal_request_hold(reason or self.reason, "Owner away")
            self.env.flush_all()
        return order.outsourcing_hold_ids[:1]

    # ---- the clock --------------------------------------------------------------------------------------

    def test_the_clock_stands_still_on_hold(self):
        order = self._dispatch("p1")
        self._report(order, "arrived", START + timedelta(minutes=10))
        self._hold(order, START + timedelta(hours=1))
        self.assertEqual(self._state_at(order, START + timedelta(hours=20)), "paused")
        self.assertEqual(order.outsourcing_breach_count, 0)
        self._resume(order, START + timedelta(hours=25))
        self.assertEqual(order.outsourcing_sla_completion_deadline, START + timedelta(hours=30))
        self.assertEqual(order.outsourcing_sla_state, "on_time")

    def test_of_a_hold_that_outlasts_a_step_only_what_lies_before_is_left_out(self):
        order = self._dispatch()
        self._hold(order, START + timedelta(minutes=10))
        self._resume(order, START + timedelta(hours=1))
        hours = order._get_running_hours(START, START + timedelta(minutes=30), WorkClock())
        self.assertAlmostEqual(hours, 1 / 6)

    def test_two_holds_add_up(self):
        order = self._dispatch("p1")
        for hour in (1, 3):
            self._hold(order, START + timedelta(hours=hour))
            self._resume(order, START + timedelta(hours=hour + 1))
        self.assertEqual(order.outsourcing_sla_completion_deadline, START + timedelta(hours=8))

    def test_the_clock_rests_with_its_contract(self):
        order = self._dispatch("p1")
        self._report(order, "arrived", START + timedelta(minutes=10))
        with freeze_time(START + timedelta(hours=1)):
            self.contract.with_user(self.user_manager)._suspend("Owners object")
            self.env.flush_all()
        self.assertEqual(order.outsourcing_sla_state, "paused")
        with freeze_time(START + timedelta(hours=25)):
            self.contract.with_user(self.user_manager2).action_resume()
            self.env.flush_all()
        self.assertFalse(order.outsourcing_hold_id)
        self.assertEqual(order.outsourcing_sla_completion_deadline, START + timedelta(hours=30))

    def test_a_suspension_may_leave_the_clocks_running(self):
        order = self._dispatch("p1")
        with freeze_time(START + timedelta(minutes=1)):
            self.contract.with_user(self.user_manager)._suspend("Owners object", pauses_limits=False)
        self.assertFalse(order.outsourcing_hold_id)

    def test_nobody_chooses_the_reason_of_a_suspended_contract(self):
        order = self._dispatch("p1")
        suspended = self.contract._get_suspension_reason()
        with self.assertRefused("Choose the reason."):
            order.with_user(self.user_supervisor)._hold(suspended)
        with self.assertRefused("Choose the reason."):
            order.with_user(self.portal_contractor)._portal_request_hold(suspended)
        self.assertFalse(order.outsourcing_hold_ids)

    def test_a_running_hold_shows_its_hours(self):
        order = self._dispatch("p1")
        self._hold(order, START)
        with freeze_time(START + timedelta(hours=3)):
            self.assertEqual(order.outsourcing_hold_ids.hours, 3.0)

    def test_a_hold_moves_only_the_working_time_it_took(self):
        calendar = self.env["resource.calendar"].create({"name": "Shift", "tz": "Asia/Shanghai"})
        term = self.contract.sla_ids.filtered(lambda t: t.priority == "p1" and t.metric == "completion")
        term._gated().write({"calendar_id": calendar.id})  # 8-12 and 13-17, Monday to Friday
        order = self._dispatch("p1")  # 10:00: two hours today, then three, then one tomorrow
        before = order.outsourcing_sla_completion_deadline
        self._hold(order, START + timedelta(hours=7))  # 17:00, the shift is over
        self._resume(order, START + timedelta(hours=20))
        self.assertEqual(order.outsourcing_sla_completion_deadline, before)

    def test_a_reason_of_the_contractor_does_not_stop_the_clock(self):
        order = self._dispatch("p1")
        self._hold(order, START + timedelta(minutes=1), self.weak_reason)
        self.assertEqual(self._state_at(order, START + timedelta(hours=1)), "breached")
        self.assertEqual(order.outsourcing_hold_reason_id, self.weak_reason)

    def test_a_hold_after_the_limit_does_not_undo_the_breach(self):
        order = self._dispatch("p1")
        self._hold(order, START + timedelta(minutes=30))
        self.assertEqual(order.outsourcing_sla_state, "breached")
        self._resume(order, START + timedelta(hours=2))
        self.assertEqual(order.outsourcing_sla_response_deadline, START + timedelta(minutes=15))
        self._report(order, "responded", START + timedelta(hours=2))
        self.assertEqual(self._late_facts(order).value, 0.25, "the time on hold is not late")

    def test_work_reported_done_ends_the_hold(self):
        order = self._dispatch("p1")
        self._hold(order, START + timedelta(minutes=5))
        self._report(order, "completed", START + timedelta(hours=10))
        self.assertEqual(order.outsourcing_hold_ids.state, "ended")
        self.assertFalse(order.outsourcing_hold_id or order.outsourcing_date_paused)
        self.assertEqual(order.outsourcing_sla_state, "met")
        self.assertAlmostEqual(order.outsourcing_repair_hours, 5 / 60)

    # ---- asked for by the contractor --------------------------------------------------------------------

    def test_a_granted_request_counts_from_when_it_was_asked(self):
        order = self._dispatch("p1")
        hold = self._request(order, START + timedelta(minutes=10))
        self.assertTrue(order.outsourcing_has_hold_request)
        self.assertFalse(order.outsourcing_date_paused)
        with freeze_time(START + timedelta(minutes=40)):
            hold.with_user(self.user_supervisor).action_grant()
        self.assertEqual(order.outsourcing_date_paused, START + timedelta(minutes=10))
        self.assertEqual(order.outsourcing_sla_state, "paused")
        self.assertEqual(hold.decided_by_id, self.user_supervisor)

    def test_a_refused_request_changes_nothing(self):
        order = self._dispatch("p1")
        hold = self._request(order, START + timedelta(minutes=10))
        with freeze_time(START + timedelta(minutes=40)):
            hold.with_user(self.user_supervisor).action_refuse()
            with self.assertRefused("This request has already been answered."):
                hold.with_user(self.user_supervisor).action_grant()
        self.assertEqual(self._state_at(order, START + timedelta(minutes=41)), "breached")

    def test_lateness_waits_for_the_answer_to_a_request(self):
        order = self._dispatch("p1")
        self._report(order, "arrived", START + timedelta(minutes=10))
        hold = self._request(order, START + timedelta(hours=1))
        self._report(order, "completed", START + timedelta(hours=9))
        self.assertFalse(self._late_facts(order))
        with freeze_time(START + timedelta(hours=10)):
            hold.with_user(self.user_supervisor).action_grant()
        self.assertFalse(self._late_facts(order))
        self.assertEqual(order.outsourcing_sla_state, "met")

    def test_a_refusal_makes_the_lateness_final(self):
        order = self._dispatch("p1")
        self._report(order, "arrived", START + timedelta(minutes=10))
        hold = self._request(order, START + timedelta(hours=1))
        self._report(order, "completed", START + timedelta(hours=9))
        with freeze_time(START + timedelta(hours=10)):
            hold.with_user(self.user_supervisor).action_refuse()
        self.assertEqual(self._late_facts(order).value, 3.0)

    def test_silence_grants_the_request(self):
        order = self._dispatch("p1")
        hold = self._request(order, START + timedelta(minutes=10))
        with freeze_time(START + timedelta(hours=23)):
            hold._cron_grant_unanswered()
            self.assertEqual(hold.state, "requested")
        with freeze_time(START + timedelta(hours=25)):
            hold._cron_grant_unanswered()
        self.assertEqual(hold.state, "granted")
        self.assertIn("not answered in time", hold.decision)

    def test_one_hold_at_a_time(self):
        order = self._dispatch("p1")
        self._request(order, START + timedelta(minutes=1))
        with self.assertRefused("is on hold already, or a request is waiting."):
            order.with_user(self.user_supervisor)._hold(self.reason)
        with self.assertRefused("is on hold already, or a request is waiting."):
            order.with_user(self.portal_contractor)._portal_request_hold(self.reason)

    def test_a_finished_order_is_not_held(self):
        order = self._dispatch("p1")
        self._report(order, "completed", START + timedelta(hours=1))
        with self.assertRefused("is finished: nothing is left to hold."):
            order.with_user(self.portal_contractor)._portal_request_hold(self.reason)

    # ---- cheats -----------------------------------------------------------------------------------------

    def test_only_staff_grants_and_only_the_contractor_asks(self):
        order = self._dispatch("p1")
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            order.with_user(self.portal_competitor)._portal_request_hold(self.reason)
        hold = self._request(order, START + timedelta(minutes=1))
        for user in (self.portal_contractor, self.portal_competitor, self.user_outsider, self.user_finance):
            for method in ("action_grant", "action_refuse"):
                with self.assertRaises(AccessError, msg=f"{user.name} {method}"):  # core's own or ours
                    getattr(hold.with_user(user), method)()
            with self.assertRaises(AccessError):  # core's own or ours
                order.with_user(user)._hold(self.reason)

    def test_nobody_writes_or_deletes_a_hold(self):
        order = self._dispatch("p1")
        self._hold(order, START + timedelta(minutes=1))
        hold = order.outsourcing_hold_ids
        for user in (self.user_manager, self.user_supervisor, self.portal_contractor):
            for call in (
                lambda h: h.write({"date_from": START - timedelta(days=1)}),
                lambda h: h.unlink(),
                lambda h: h.with_context(_force_unlink=True).unlink(),
                lambda h: h.create({"task_id": order.id, "reason_id": self.reason.id, "date_from": START}),
            ):
                with self.assertRaises(AccessError):  # core's own
                    call(hold.with_user(user))
        with self.assertRefused("A hold of a work order is never deleted."):
            hold.sudo().with_context(_force_unlink=True).unlink()

    # ---- closing and reopening --------------------------------------------------------------------------

    def test_done_needs_the_report_or_a_reason(self):
        order = self._dispatch("p1").with_user(self.user_supervisor)
        done = self.env.ref("property_outsourcing.order_stage_done")
        unreported = "has not been reported done: wait for the contractor's report"
        for vals, sentence in (
            ({"state": "1_done"}, unreported),
            ({"stage_id": done.id}, unreported),
            ({"state": "1_canceled"}, "use the button to cancel it and give the reason"),
        ):
            with self.assertRefused(sentence, msg=str(vals)):
                order.write(vals)
        with self.assertRefused("Give the reason."):
            order._close_orders("  ")
        order._close_orders("Resident did it himself")
        self.assertEqual((order.state, order.stage_id), ("1_done", done))

    def test_moving_a_reported_order_to_done_closes_it(self):
        order = self._dispatch("p1")
        self._report(order, "completed", START + timedelta(hours=1))
        order.with_user(self.user_supervisor).stage_id = self.env.ref("property_outsourcing.order_stage_done")
        self.assertTrue(order.is_closed and order.outsourcing_date_closed)

    def test_contractor_never_closes_an_order(self):
        order = self._dispatch("p1")
        self._report(order, "completed", START + timedelta(hours=1))
        as_contractor = order.with_user(self.portal_contractor)
        done = self.env.ref("property_outsourcing.order_stage_done")
        for vals in ({"state": "1_done"}, {"stage_id": done.id}):
            with self.assertRefused("Work orders are reported through the contractor's pages.", AccessError):
                as_contractor.write(vals)
        for method in ("action_outsourcing_done", "action_outsourcing_resume"):
            with self.assertRefused("You are not the person who may take this step.", AccessError):
                getattr(as_contractor, method)()
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            as_contractor._close_orders("finished")
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            as_contractor._reopen_orders("again")
        step = {"task_ids": order.ids, "step": "close", "reason": "x"}
        with self.assertRaises(AccessError):  # core's own
            self.env["outsourcing.order.step"].with_user(self.portal_contractor).create(step).action_apply()
        self.assertFalse(order.is_closed)

    def test_reopening_starts_the_clock_anew_and_is_recorded(self):
        order = self._dispatch("p1")
        self._report(order, "completed", START + timedelta(hours=7))
        order.with_user(self.user_supervisor).action_outsourcing_done()
        late = self._late_facts(order)
        with self.assertRefused("is closed: use the button to reopen it and give the reason."):
            order.with_user(self.user_supervisor).state = "01_in_progress"
        moment = START + timedelta(days=1)
        with freeze_time(moment):
            order.with_user(self.user_supervisor)._reopen_orders("The door jams again")
        self.assertEqual(order.outsourcing_sla_completion_deadline, moment + timedelta(hours=6))
        self.assertEqual((order.outsourcing_reopen_count, order.outsourcing_breach_count), (1, 0))
        self.assertFalse(order.is_closed or order.outsourcing_date_completed)
        facts = self.env["outsourcing.fact"].search([("res_id", "=", order.id)])
        self.assertIn("order_reopened", facts.mapped("fact_type"))
        self._report(order, "completed", moment + timedelta(hours=8))
        self.assertEqual(len(self._late_facts(order)), len(late) + 3, "each round counts once per limit")

    def test_reopening_needs_a_reason_and_a_finished_order(self):
        order = self._dispatch("p1").with_user(self.user_supervisor)
        with self.assertRefused("Only a finished order can be reopened."):
            order._reopen_orders("why not")
        self._report(order.with_env(self.env), "completed", START + timedelta(hours=1))
        with self.assertRefused("Give the reason."):
            order._reopen_orders("")

    def test_the_dialogue_takes_the_step(self):
        order = self._dispatch("p1")
        action = order.with_user(self.user_supervisor).action_outsourcing_hold()
        steps = self.env["outsourcing.order.step"].with_user(self.user_supervisor)
        wizard = steps.with_context(**action["context"]).create({"hold_reason_id": self.reason.id})
        wizard.action_apply()
        self.assertEqual(order.outsourcing_hold_id.reason_id, self.reason)
