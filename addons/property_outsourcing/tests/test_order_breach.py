from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderBreach(OrderCommon):
    """The clock runs out: fact, sentence, activity and proposal; each once, and taken back if undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.contract.rule_ids.filtered(lambda rule: rule.trigger == "order_late")
        cls.rule._gated().write({"per": "occurrence", "clause": "7.2"})
        cls.company.partner_id.tz = "Asia/Shanghai"

    def _tick(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("property_outsourcing.cron_update_sla_states").method_direct_trigger()
            self.env.invalidate_all()

    def _breaches(self, order):
        return self.env["outsourcing.fact"].search(
            [("fact_type", "=", "order_breached"), ("res_id", "=", order.id)]
        )

    def _adjustments(self, order):
        return self.env["outsourcing.adjustment"].search([("fact_ids.res_id", "=", order.id)])

    def _activities(self, order):
        return order.activity_ids.filtered("automated")

    def _sentences(self, order):
        return [body for body in order.message_ids.mapped("body") if "Time limit missed" in body]

    # ---- the clock runs out -----------------------------------------------------------------------------

    def test_a_missed_limit_is_a_fact_a_sentence_an_activity_and_a_proposal_at_once(self):
        order = self._dispatch("p1")
        self._tick(START + timedelta(minutes=20))
        self.assertEqual(self._breaches(order).mapped("note"), ["Response"])
        self.assertEqual(len(self._sentences(order)), 1)
        self.assertIn("10:15", self._sentences(order)[0], "the hour of the place")
        self.assertIn("7.2", self._sentences(order)[0])
        self.assertIn(self._activities(order).user_id, self.community.supervisor_ids)
        self.assertEqual((self._adjustments(order).amount, self._adjustments(order).state), (200, "proposed"))

    def test_limits_missed_under_many_contracts_are_told_together_to_one_who_follows_all_projects(self):
        contracts = self.contract | self._create_active_contracts(2)
        with freeze_time(START):
            vals = {"name": "Door does not close", "outsourcing_priority": "p1"}
            orders = self.env["project.task"].union(*(c._dispatch_order(dict(vals)) for c in contracts))
        supervisor = self.community.supervisor_ids.partner_id[:1]
        contracts.project_id.sudo().message_subscribe(self.community.supervisor_ids.partner_id.ids)
        self.assertIn(supervisor, contracts[0].project_id.sudo().message_partner_ids)
        moment = START + timedelta(minutes=20)
        with freeze_time(moment), patch.object(type(orders), "_run_alone") as alone:
            orders.with_context(mail_create_nosubscribe=False)._cron_update_sla_states()
        alone.assert_not_called()
        for order in orders:
            self.assertEqual(len(self._activities(order)), 1)
            self.assertIn(self._activities(order).user_id.partner_id, order.sudo().message_partner_ids)

    def test_the_hour_says_it_once(self):
        order = self._dispatch("p1")
        for minutes in (20, 25, 30):
            self._tick(START + timedelta(minutes=minutes))
        self.assertEqual(len(self._breaches(order)), 1)
        self.assertEqual(len(self._sentences(order)), 1)
        self.assertEqual(len(self._activities(order)), 1)
        self.assertEqual(len(self._adjustments(order)), 1)

    def test_the_report_closes_the_activity_and_doubles_nothing(self):
        order = self._dispatch("p1")
        self._tick(START + timedelta(minutes=20))
        self._report(order, "responded", START + timedelta(minutes=30))
        self.assertFalse(self._activities(order))
        self.assertEqual(self._late_facts(order).value, 0.25)
        adjustment = self._adjustments(order)
        self.assertEqual(len(adjustment), 1)
        self.assertEqual(adjustment.fact_ids, self._breaches(order) | self._late_facts(order))

    def test_closing_the_order_closes_its_activities(self):
        order = self._dispatch("p1")
        self._tick(START + timedelta(hours=2))
        self.assertEqual(len(self._activities(order)), 2)
        with freeze_time(START + timedelta(hours=3)):
            order.with_user(self.user_supervisor)._close_orders("Done by our own people")
        self.assertFalse(self._activities(order))

    def test_a_clause_by_the_hour_waits_for_the_report(self):
        self.rule._gated().per = "hour"
        order = self._dispatch("p1")
        self._tick(START + timedelta(hours=2))
        self.assertEqual(len(self._breaches(order)), 2)
        self.assertFalse(self._adjustments(order))
        self._report(order, "arrived", START + timedelta(hours=3))
        self.assertEqual(sum(self._adjustments(order).mapped("quantity")), 2.75 + 2.0)

    def test_a_clause_once_per_period_gathers_the_orders(self):
        self.rule._gated().per = "period"
        orders = self._dispatch("p1") | self._dispatch("p1")
        self._tick(START + timedelta(minutes=20))
        adjustment = self.env["outsourcing.adjustment"].search([("rule_id", "=", self.rule.id)])
        self.assertEqual(len(adjustment), 1)
        self.assertEqual(adjustment.fact_ids.mapped("res_id"), orders.sorted("id", reverse=True).ids)

    def test_a_limit_passed_is_noticed_by_whatever_touches_the_order_first(self):
        order = self._dispatch("p1")
        with freeze_time(START + timedelta(minutes=20)):
            order.with_user(self.user_manager).outsourcing_priority = "p0"
        self.assertEqual(len(self._sentences(order)), 1)

    # ---- forgiven, undone, missed again -----------------------------------------------------------------

    def test_what_a_manager_has_waived_is_not_proposed_again(self):
        order = self._dispatch("p1")
        self._tick(START + timedelta(minutes=20))
        adjustment = self._adjustments(order).with_user(self.user_manager)
        adjustment.decision = "The gate was locked"
        adjustment.action_waive()
        self._report(order, "responded", START + timedelta(minutes=30))
        self.assertEqual(self._adjustments(order), adjustment)

    def test_a_hold_granted_later_withdraws_the_proposal(self):
        order = self._dispatch("p1")
        self._report(order, "arrived", START + timedelta(minutes=10))
        with freeze_time(START + timedelta(hours=5)):
            order.with_user(self.portal_contractor)._portal_request_hold(self.reason)
        self._tick(START + timedelta(hours=7))
        self.assertFalse(self._breaches(order), "nothing is said before the request is answered")
        with freeze_time(START + timedelta(hours=8)):
            order.outsourcing_hold_ids.with_user(self.user_supervisor).action_grant()
        self.assertFalse(self._breaches(order) or self._adjustments(order))

    def test_a_refused_hold_lets_the_breach_be_said(self):
        order = self._dispatch("p1")
        with freeze_time(START + timedelta(minutes=10)):
            order.with_user(self.portal_contractor)._portal_request_hold(self.reason)
        self._tick(START + timedelta(minutes=20))
        with freeze_time(START + timedelta(minutes=40)):
            order.outsourcing_hold_ids.with_user(self.user_supervisor).action_refuse()
        self.assertFalse(order.outsourcing_has_hold_request)
        self.assertEqual(len(self._breaches(order)), 1)

    def test_what_is_late_in_spite_of_the_hold_is_said_when_it_is_granted(self):
        order = self._dispatch("p1")
        self._report(order, "arrived", START + timedelta(minutes=10))
        with freeze_time(START + timedelta(hours=5)):
            order.with_user(self.portal_contractor)._portal_request_hold(self.weak_reason)
        self._report(order, "completed", START + timedelta(hours=7))
        self.assertFalse(self._sentences(order))
        with freeze_time(START + timedelta(hours=8)):
            order.outsourcing_hold_ids.with_user(self.user_supervisor).action_grant()
        self.assertEqual(len(self._sentences(order)), 1)
        self.assertEqual(len(self._adjustments(order)), 1)

    def test_a_deadline_moved_back_withdraws_what_rested_on_it(self):
        order = self._dispatch("p1")
        self._tick(START + timedelta(minutes=20))
        adjustment = self._adjustments(order)
        with freeze_time(START + timedelta(minutes=25)):
            order.with_user(self.user_manager).outsourcing_date_requested = START + timedelta(minutes=15)
        self.assertEqual(adjustment.state, "waived")
        self.assertIn("no longer missed", adjustment.decision)
        self.assertFalse(self._activities(order))
        self.assertFalse(self._breaches(order))
        void = self.env["outsourcing.fact"].search([("res_id", "=", order.id), ("active", "=", False)])
        self.assertIn("no longer missed", void.void_reason)
        self._tick(START + timedelta(minutes=31))
        self.assertEqual(len(self._breaches(order)), 1)
        self.assertEqual(sorted(self._adjustments(order).mapped("state")), ["proposed", "waived"])

    def test_a_confirmed_deduction_stays_with_a_note(self):
        order = self._dispatch("p1")
        self._tick(START + timedelta(minutes=20))
        adjustment = self._adjustments(order)
        adjustment.with_user(self.user_manager).action_confirm()
        with freeze_time(START + timedelta(minutes=25)):
            order.with_user(self.user_manager).outsourcing_date_requested = START + timedelta(minutes=15)
        self.assertEqual(adjustment.state, "confirmed")
        self.assertIn("no longer missed", adjustment.message_ids[0].body)

    def test_one_order_undone_leaves_the_others_of_the_period(self):
        self.rule._gated().per = "period"
        order, other = self._dispatch("p1"), self._dispatch("p1")
        self._tick(START + timedelta(minutes=20))
        with freeze_time(START + timedelta(minutes=25)):
            order.with_user(self.user_manager).outsourcing_date_requested = START + timedelta(minutes=15)
        adjustment = self._adjustments(other)
        self.assertEqual((adjustment.state, adjustment.fact_ids.mapped("res_id")), ("proposed", other.ids))

    def test_hours_proposed_follow_a_limit_that_is_moved(self):
        self.rule._gated().per = "hour"
        order = self._dispatch("p1")
        self._report(order, "responded", START + timedelta(hours=5))
        self.assertEqual(self._adjustments(order).quantity, 4.75)
        with freeze_time(START + timedelta(hours=5)):
            order.with_user(self.user_manager).outsourcing_date_requested = START + timedelta(hours=2)
        self.assertEqual(self._adjustments(order).quantity, 2.75)
        with freeze_time(START + timedelta(hours=5)):
            order.with_user(self.user_manager).outsourcing_date_requested = START + timedelta(hours=5)
        self.assertEqual(self._adjustments(order).state, "waived")

    def test_a_reopened_order_starts_clean_and_keeps_what_was(self):
        order = self._dispatch("p1")
        self._report(order, "completed", START + timedelta(hours=9))
        with freeze_time(START + timedelta(hours=10)):
            order.with_user(self.user_supervisor)._reopen_orders("Still stuck")
        self.assertFalse(order.outsourcing_missed_limits)
        self.assertEqual(set(self._adjustments(order).mapped("state")), {"proposed"})
        self._tick(START + timedelta(hours=10, minutes=20))
        self.assertEqual(len(self._breaches(order)), 1)

    def test_an_answered_request_closes_its_activity(self):
        order = self._dispatch("p1")
        with freeze_time(START + timedelta(minutes=5)):
            order.with_user(self.portal_contractor)._portal_request_hold(self.reason)
            self.assertTrue(self._activities(order))
            order.outsourcing_hold_ids.with_user(self.user_supervisor).action_refuse()
            self.assertFalse(self._activities(order))

    def test_no_client_says_what_was_announced(self):
        order = self._dispatch("p1").with_user(self.user_manager)
        with self.assertRefused("These values are written by the system alone"):
            order.outsourcing_missed_limits = "response"

    # ---- what lay before the entry ----------------------------------------------------------------------

    def test_a_request_of_the_past_breaches_nothing_that_lay_before_its_entry(self):
        entry = START + timedelta(hours=9)
        order = self._dispatch("p1", entry, outsourcing_date_requested=START)
        self.assertEqual((order.outsourcing_date_entered, order.outsourcing_date_clock), (entry, entry))
        self.assertFalse(order.outsourcing_breach_count)
        with freeze_time(entry + timedelta(minutes=5)):
            order.with_user(self.user_supervisor)._close_orders("Done by telephone in the morning")
        self.assertFalse(self._adjustments(order))
        self.assertFalse(self._late_facts(order))

    def test_limits_run_from_the_entry_of_a_past_request(self):
        entry = START + timedelta(hours=9)
        order = self._dispatch("p1", entry, outsourcing_date_requested=START)
        self._tick(entry + timedelta(minutes=14))
        self.assertFalse(self._breaches(order))
        self._tick(entry + timedelta(minutes=16))
        self.assertEqual(len(self._breaches(order)), 1)

    def test_moving_the_request_into_the_past_breaches_nothing(self):
        order = self._dispatch("p1")
        with freeze_time(START + timedelta(minutes=1)):
            order.with_user(self.user_supervisor).outsourcing_date_requested = START - timedelta(days=1)
            self.env.flush_all()
        self.assertFalse(order.outsourcing_breach_count)

    def test_planned_work_that_was_over_before_its_entry_is_not_late(self):
        plan = {
            "outsourcing_kind": "planned",
            "outsourcing_planned_start": START - timedelta(days=9),
            "outsourcing_planned_finish": START - timedelta(days=2),
        }
        order = self._dispatch("p3", **plan)
        self.assertFalse(order.outsourcing_breach_count)

    def test_nobody_sends_the_moment_of_entry(self):
        with self.assertRaisesRegex(UserError, "written by the system alone: Entered"):
            self._dispatch("p1", outsourcing_date_entered=START - timedelta(days=1))

    # ---- cost -------------------------------------------------------------------------------------------

    def test_one_and_thirty_breaches_cost_the_same(self):
        counts = []
        for number in (1, 1, 30):  # the first fills the caches
            orders = self.env["project.task"].union(*(self._dispatch("p1") for _index in range(number)))
            with freeze_time(START + timedelta(hours=2)):
                self.env["project.task"]._process_sla_states()
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                orders._announce_breaches()
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(self._breaches(orders[0])), 2)
        # Odoo writes a hundred rows at a time; each order has two reminders of its own and two proposals'
        self.assertLessEqual(counts[2], counts[1] + 1)
