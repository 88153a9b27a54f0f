from datetime import date, datetime, timedelta

from odoo.tests import freeze_time, tagged

from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderLateness(OrderCommon):
    """A missed limit is a fact with its final hours, and proposes what the clause says."""

    def test_a_missed_limit_is_recorded_once_with_the_final_hours(self):
        order = self._dispatch("p1")
        self.assertEqual(self._state_at(order, START + timedelta(hours=7)), "breached")
        self.assertFalse(self._late_facts(order), "the hours are not final before the report")
        self._report(order, "arrived", START + timedelta(minutes=90))
        self._report(order, "completed", START + timedelta(hours=5))
        facts = self._late_facts(order)
        self.assertEqual({f.note: f.value for f in facts}, {"Response": 1.25, "Arrival on site": 0.5})
        order._record_lateness()
        self.assertEqual(self._late_facts(order), facts)
        self.assertEqual(facts.mapped("date"), [date(2026, 3, 2)] * 2)

    def test_lateness_proposes_by_the_unit_of_the_clause(self):
        rule = self.contract.rule_ids.filtered(lambda r: r.trigger == "order_late")
        expected = {"occurrence": 200.0, "hour": 6000.0, "day": 400.0}
        for per, amount in expected.items():
            rule._gated().write({"per": per, "cap_period": 0})
            order = self._dispatch("p1", moment=START)
            self._report(order, "arrived", START + timedelta(minutes=5))
            self._report(order, "completed", START + timedelta(hours=36))
            fact = self._late_facts(order)
            adjustment = self.env["outsourcing.adjustment"].search([("fact_ids", "in", fact.ids)])
            self.assertEqual(adjustment.amount, amount, per)
            self.assertEqual(adjustment.milestone_id.date_start, date(2026, 3, 1))

    def test_grace_is_in_the_unit_of_the_clause(self):
        rule = self.contract.rule_ids.filtered(lambda r: r.trigger == "order_late")
        rule._gated().write({"per": "hour", "grace": 2})
        order = self._dispatch("p1")
        self._report(order, "arrived", START + timedelta(minutes=5))
        self._report(order, "completed", START + timedelta(hours=8))
        facts = self._late_facts(order)
        self.assertEqual(facts.value, 2.0)
        self.assertFalse(self.env["outsourcing.adjustment"].search([("fact_ids", "in", facts.ids)]))

    def test_a_period_already_accepted_is_left_alone(self):
        period = self.contract._get_period(date(2026, 3, 2), self.community)
        self._accept_row(period, 12000.0, date(2026, 3, 31), self.community)
        order = self._dispatch("p1")
        self._report(order, "completed", datetime(2026, 4, 2, 2, 0))
        self.assertEqual(set(self._late_facts(order).mapped("date")), {date(2026, 4, 2)})

    def test_an_order_closed_without_report_is_late_until_then(self):
        order = self._dispatch("p1")
        with freeze_time(START + timedelta(hours=8)):
            order.with_user(self.user_supervisor)._close_orders("Nobody came, done by our own people")
        self.assertEqual(
            {f.note: f.value for f in self._late_facts(order)},
            {"Response": 7.75, "Arrival on site": 7.0, "Completion": 2.0},
        )
        self.assertEqual(order.outsourcing_sla_state, "breached")

    def test_a_cancelled_order_keeps_the_limits_it_missed(self):
        order = self._dispatch("p1")
        with freeze_time(START + timedelta(minutes=30)):
            order.with_user(self.user_supervisor)._close_orders("Resident withdrew", "1_canceled")
        self.assertEqual(self._late_facts(order).mapped("note"), ["Response"])
