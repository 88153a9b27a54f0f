from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderSla(OrderCommon):
    """When an order has to be answered, reached and done."""

    def _deadlines(self, order):
        return [
            order.outsourcing_sla_response_deadline,
            order.outsourcing_sla_arrival_deadline,
            order.outsourcing_sla_completion_deadline,
        ]

    def _set_calendar(self, priority, metric, hours, **vals):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Office hours",
                "tz": "Asia/Shanghai",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Day",
                                "dayofweek": str(day),
                                "hour_from": 9,
                                "hour_to": 17,
                                "day_period": "morning",
                            }
                        )
                        for day in range(5)
                    ),
                ],
                **vals,
            }
        )
        term = self.contract.sla_ids.filtered(lambda t: t.priority == priority and t.metric == metric)
        term._gated().write({"hours": hours, "calendar_id": calendar.id})
        return term

    # ---- deadlines --------------------------------------------------------------------------------------

    def test_deadlines_follow_the_terms_of_the_priority(self):
        order = self._dispatch("p1")
        self.assertEqual(
            self._deadlines(order),
            [START + timedelta(minutes=15), START + timedelta(hours=1), START + timedelta(hours=6)],
        )
        self.assertEqual(order.outsourcing_next_deadline, START + timedelta(minutes=15))

    def test_three_minutes_are_three_minutes(self):
        term = self.contract.sla_ids.filtered(lambda t: t.priority == "p0" and t.metric == "response")
        term._gated().hours = 3 / 60
        order = self._dispatch("p0")
        self.assertEqual(order.outsourcing_sla_response_deadline, START + timedelta(minutes=3))
        self.assertIn("3 min", term.display_name)
        term._gated().hours = 20 / 60
        other = self._dispatch("p0")
        self.assertEqual(other.outsourcing_sla_response_deadline, START + timedelta(minutes=20))

    def test_limits_are_written_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        term = self.contract.sla_ids.filtered(lambda t: t.priority == "p0" and t.metric == "response")
        for hours, english, chinese in ((0.05, "3 min", "3分钟"), (1.5, "1 h 30 min", "1小时30分钟")):
            term._gated().hours = hours
            self.assertTrue(term.display_name.endswith(f"Response {english}"), term.display_name)
            name = term.with_context(lang="zh_CN").display_name
            self.assertTrue(name.endswith(f" {chinese}"), name)

    def test_a_metric_without_a_term_has_no_deadline(self):
        terms = self.contract.sla_ids.filtered(lambda t: (t.priority, t.metric) == ("p2", "arrival"))
        terms._gated().unlink()
        order = self._dispatch("p2")
        self.assertFalse(order.outsourcing_sla_arrival_deadline)

    def test_working_hours_count_in_the_time_zone_of_the_calendar(self):
        self._set_calendar("p2", "completion", 10)
        order = self._dispatch("p2")  # Monday 10:00: seven hours today, three tomorrow from 9:00
        self.assertEqual(order.outsourcing_sla_completion_deadline, datetime(2026, 3, 3, 4, 0))
        friday = self._dispatch("p2", moment=datetime(2026, 3, 6, 8, 30))  # half an hour before the weekend
        self.assertEqual(friday.outsourcing_sla_completion_deadline, datetime(2026, 3, 10, 2, 30))

    def test_a_limit_that_ends_at_closing_time_ends_there(self):
        self._set_calendar("p2", "completion", 7)
        order = self._dispatch("p2")  # Monday 10:00, closing at 17:00
        closing = datetime(2026, 3, 2, 9, 0)
        self.assertEqual(order.outsourcing_sla_completion_deadline, closing)
        self._set_calendar("p2", "completion", 15)
        tomorrow = self._dispatch("p2").outsourcing_sla_completion_deadline
        self.assertEqual(tomorrow, closing + timedelta(days=1))

    def test_a_holiday_of_the_calendar_does_not_count(self):
        term = self._set_calendar("p2", "completion", 10)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": term.calendar_id.id,
                "date_from": datetime(2026, 3, 2, 16, 0),
                "date_to": datetime(2026, 3, 3, 15, 59),
            }
        )
        order = self._dispatch("p2")
        self.assertEqual(order.outsourcing_sla_completion_deadline, datetime(2026, 3, 4, 4, 0))

    def test_a_calendar_that_never_works_gives_no_deadline(self):
        self._set_calendar("p2", "completion", 10, attendance_ids=[Command.clear()])
        self.assertFalse(self._dispatch("p2").outsourcing_sla_completion_deadline)

    def test_a_change_of_priority_or_request_moves_the_deadlines(self):
        order = self._dispatch("p1")
        with freeze_time(START):
            order.with_user(self.user_supervisor).outsourcing_priority = "p0"
            self.assertEqual(order.outsourcing_sla_completion_deadline, START + timedelta(hours=2))
            order.with_user(self.user_supervisor).outsourcing_date_requested = START + timedelta(hours=1)
            self.assertEqual(order.outsourcing_sla_completion_deadline, START + timedelta(hours=3))
            self.assertEqual(order.outsourcing_next_deadline, START + timedelta(hours=1, minutes=5))

    # ---- planned and rectification orders ---------------------------------------------------------------

    def test_planned_work_has_no_clock_until_its_day(self):
        order = self._dispatch(
            outsourcing_kind="planned",
            outsourcing_planned_start=START + timedelta(days=5),
            outsourcing_planned_finish=START + timedelta(days=6),
        )
        self.assertEqual(order.outsourcing_sla_state, "none")
        self.assertFalse(order.outsourcing_sla_response_deadline)
        self.assertEqual(self._state_at(order, START + timedelta(days=5, hours=1)), "on_time")
        self.assertEqual(self._state_at(order, START + timedelta(days=6, hours=1)), "breached")

    def test_a_rectification_is_judged_by_its_defect(self):
        order = self._dispatch(outsourcing_kind="rectification", date_deadline=START + timedelta(days=3))
        self.assertEqual(order.outsourcing_next_deadline, START + timedelta(days=3))
        self._report(order, "completed", START + timedelta(days=4))
        self.assertEqual(order.outsourcing_sla_state, "breached")
        self.assertFalse(self._late_facts(order))

    # ---- cheats -----------------------------------------------------------------------------------------

    def test_a_limit_is_longer_than_nothing(self):
        draft = self._create_contract()
        with self.assertRefused("A time limit must be longer than zero."):
            draft.sla_ids[0].hours = 0
