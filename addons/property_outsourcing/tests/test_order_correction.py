from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .order_common import START, OrderCommon

MINUTE = timedelta(minutes=1)


@tagged("post_install", "-at_install")
class TestOrderCorrection(OrderCommon):
    """A report made by mistake leaves nothing behind; a wrong time of arrival is put right in the open."""

    def _take_back(self, order, moment, user=None):
        with freeze_time(moment):
            order.with_user(user or self.portal_contractor)._portal_take_back()
            self.env.flush_all()
        self.env.invalidate_all()

    def _correct(self, order, arrived, reason="Forgot to tap", moment=None):
        with freeze_time(moment or START + timedelta(hours=3)):
            order.with_user(self.portal_contractor)._portal_correct_arrival(arrived, reason)
            self.env.flush_all()
        self.env.invalidate_all()

    def _get_facts(self, order):
        domain = [("res_model", "=", order._name), ("res_id", "=", order.id)]
        return sorted(self.env["outsourcing.fact"].search(domain).mapped("fact_type"))

    def _get_proposals(self, order):
        facts = self.env["outsourcing.fact"].with_context(active_test=False)
        facts = facts.search([("res_model", "=", order._name), ("res_id", "=", order.id)])
        adjustments = self.env["outsourcing.adjustment"].search([("fact_ids", "in", facts.ids)])
        return adjustments.filtered(lambda adjustment: adjustment.state != "waived")

    def test_a_step_taken_back_leaves_the_order_as_it_was(self):
        order = self._dispatch()
        names = ("stage_id", "outsourcing_performer_id", "outsourcing_next_deadline", "outsourcing_sla_state")
        before, facts = [order[name] for name in names], self._get_facts(order)
        self._report(order, "responded", START + 2 * MINUTE)
        self._take_back(order, START + 4 * MINUTE)
        self.assertFalse(order.outsourcing_date_responded or order.outsourcing_reports)
        self.assertEqual([order[name] for name in names], before)
        self.assertEqual(self._get_facts(order), facts)

    def test_each_step_is_taken_back_in_turn(self):
        order = self._dispatch()
        self._report(order, "responded", START + 2 * MINUTE)
        self._report(order, "completed", START + 3 * MINUTE)
        self._take_back(order, START + 4 * MINUTE)
        self.assertTrue(order.outsourcing_date_responded)
        self.assertFalse(order.outsourcing_date_arrived or order.outsourcing_date_completed)
        self._take_back(order, START + 5 * MINUTE)
        self.assertFalse(order.outsourcing_date_responded)
        with self.assertRaisesRegex(UserError, "no report to take back"):
            self._take_back(order, START + 5 * MINUTE)

    def test_the_message_of_a_step_taken_back_does_not_stay_wrong(self):
        order = self._dispatch()
        self._report(order, "arrived", START + 2 * MINUTE)
        self._take_back(order, START + 3 * MINUTE)
        bodies = order.message_ids.mapped("body")
        self.assertIn("has taken back the report", bodies[0])
        said = [body for body in bodies[1:] if "people are on site" in body]
        self.assertEqual([body.startswith("<s>") for body in said], [True])

    def test_lateness_told_by_a_mistake_is_withdrawn_with_its_proposal(self):
        order = self._dispatch()
        self._report(order, "completed", START + timedelta(hours=9))
        self.assertIn("order_late", self._get_facts(order))
        self.assertTrue(self._get_proposals(order))
        self._take_back(order, START + timedelta(hours=9) + MINUTE)
        facts = self._get_facts(order)
        self.assertNotIn("order_late", facts)
        self.assertNotIn("order_repair_hours", facts)
        self.assertEqual(facts.count("order_breached"), 3)

    def test_a_missed_limit_is_awaited_again_with_one_activity_and_one_fact(self):
        order = self._dispatch()
        late = START + timedelta(hours=2)
        with freeze_time(late):
            self.env["project.task"]._cron_update_sla_states()
        activities, facts = order.activity_ids.mapped("summary"), self._get_facts(order)
        self._report(order, "arrived", late + MINUTE)
        self.assertLess(len(order.activity_ids), len(activities))
        self._take_back(order, late + 3 * MINUTE)
        self.assertEqual(sorted(order.activity_ids.mapped("summary")), sorted(activities))
        self.assertEqual(self._get_facts(order), facts)

    def test_a_hold_that_the_arrival_ended_goes_on(self):
        order = self._dispatch()
        self._hold(order, START + MINUTE)
        self._report(order, "arrived", START + 5 * MINUTE)
        self.assertEqual(order.outsourcing_hold_ids.state, "ended")
        self._take_back(order, START + 6 * MINUTE)
        self.assertEqual(order.outsourcing_hold_ids.state, "granted")
        self.assertEqual(order.outsourcing_date_paused, START + MINUTE)

    def test_after_five_minutes_a_step_stands(self):
        order = self._dispatch()
        self._report(order, "responded", START)
        with self.assertRaisesRegex(UserError, "for 5 minutes; that time is over"):
            self._take_back(order, START + 6 * MINUTE)
        self.contract.company_id.outsourcing_take_back_minutes = 10
        self._take_back(order, START + 6 * MINUTE)
        self.assertFalse(order.outsourcing_date_responded)

    def test_who_did_not_make_it_does_not_take_it_back(self):
        order = self._dispatch()
        self._report(order, "responded", START)
        colleague = self._create_portal_user("13800000019", "Colleague", self.contractor)
        with self.assertRaisesRegex(UserError, "taken back by who made it"):
            self._take_back(order, START + MINUTE, colleague)
        with self.assertRaisesRegex(AccessError, "Only the contractor"):
            self._take_back(order, START + MINUTE, self.portal_competitor)

    def test_what_staff_has_confirmed_is_not_taken_back(self):
        order = self._dispatch()
        self._report(order, "completed", START)
        with freeze_time(START + MINUTE):
            order.with_user(self.user_supervisor).action_outsourcing_done()
        with self.assertRaisesRegex(UserError, "is closed"):
            self._take_back(order, START + 2 * MINUTE)

    def test_an_order_given_back_has_no_report_to_take_back(self):
        order = self._dispatch()
        self._report(order, "completed", START)
        with freeze_time(START + MINUTE):
            order.with_user(self.user_supervisor)._reopen_orders("Still broken")
        with self.assertRaisesRegex(UserError, "no report to take back"):
            self._take_back(order, START + 2 * MINUTE)

    # ---- the time of arrival ----------------------------------------------------------------------------

    def test_an_arrival_put_right_is_no_longer_late_and_both_times_stay(self):
        order = self._dispatch()
        self._report(order, "responded", START)
        self._report(order, "arrived", START + 90 * MINUTE)
        self.assertIn("order_late", self._get_facts(order))
        self._correct(order, START + 50 * MINUTE)
        self.assertEqual(order.outsourcing_date_arrived, START + 50 * MINUTE)
        self.assertEqual(order.outsourcing_date_arrived_first, START + 90 * MINUTE)
        self.assertNotIn("order_late", self._get_facts(order))
        self.assertFalse(self._get_proposals(order))
        self.assertIn("Forgot to tap", order.message_ids[0].body)

    def test_hours_of_lateness_follow_the_time_put_right(self):
        order = self._dispatch()
        self._report(order, "responded", START)
        self._report(order, "arrived", START + 120 * MINUTE)
        self._correct(order, START + 90 * MINUTE)
        self.assertEqual(self._late_facts(order).mapped("value"), [0.5])
        fact = self.env["outsourcing.fact"].search(
            [("fact_type", "=", "order_arrival_hours"), ("res_id", "=", order.id)]
        )
        self.assertEqual(fact.mapped("value"), [1.5])

    def test_all_that_keeps_an_arrival_from_being_put_right_is_said_at_once(self):
        order = self._dispatch()
        self._report(order, "responded", START)
        self._report(order, "arrived", START + 90 * MINUTE)
        for moment in (START - MINUTE, START + 20 * MINUTE, START + 240 * MINUTE):
            with self.assertRaisesRegex(UserError, "Give the reason. The time of arrival can be put right"):
                self._correct(order, moment, " ")
        self._correct(order, START + 40 * MINUTE)
        # the limits are those of the time reported first
        with self.assertRaisesRegex(UserError, "can be put right between"):
            self._correct(order, START + 20 * MINUTE)

    def test_an_arrival_is_put_right_by_the_firm_until_the_order_is_closed(self):
        order = self._dispatch()
        self._report(order, "completed", START + 90 * MINUTE)
        with self.assertRaisesRegex(AccessError, "Only the contractor"):
            order.with_user(self.portal_competitor)._portal_correct_arrival(START, "x")
        with freeze_time(START + timedelta(hours=2)):
            order.with_user(self.user_supervisor).action_outsourcing_done()
        with self.assertRaisesRegex(UserError, "cannot be put right any more"):
            self._correct(order, START + 80 * MINUTE)
