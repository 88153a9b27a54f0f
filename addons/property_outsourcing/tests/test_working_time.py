from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .order_common import START, OrderCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestWorkingTime(OrderCommon):
    """A holiday or working time entered later moves the deadlines that rest on it, and what followed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Monday to Friday, 8 to 18 in Shanghai
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Site hours",
                "tz": "Asia/Shanghai",
                "company_id": cls.company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create({"name": "Day", "dayofweek": str(day), "hour_from": 8, "hour_to": 18})
                    for day in range(5)
                ],
            }
        )
        terms = cls.contract.sla_ids.filtered(lambda term: term.priority == "p1")
        terms.sudo()._gated().write({"calendar_id": cls.calendar.id})
        rule = cls.contract.rule_ids.filtered(lambda rule: rule.trigger == "order_late")[:1]
        rule.sudo()._gated().write({"grace": 0})
        cls.rule = rule

    def _add_holiday(self, day):
        """Let Tuesday 3 March, for example, be free, as somebody of the office enters it."""
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "date_from": datetime.fromisoformat(f"{day}T00:00:00") - 8 * HOUR,
                "date_to": datetime.fromisoformat(f"{day}T00:00:00") + 16 * HOUR - timedelta(seconds=1),
            }
        )

    def _facts(self, order, active=True):
        return self.env["outsourcing.fact"].search(
            [("res_id", "=", order.id), ("res_model", "=", order._name), ("active", "=", active),
             ("fact_type", "in", ("order_late", "order_breached"))]
        )  # fmt: skip

    def test_a_holiday_moves_the_deadlines_of_open_orders(self):
        order = self._dispatch(moment=START + 6 * HOUR)  # 16:00: six hours end on Tuesday at 12:00
        before = order.outsourcing_sla_completion_deadline
        self._add_holiday("2026-03-03")
        self.assertEqual(order.outsourcing_sla_completion_deadline, before + timedelta(days=1))
        self.assertEqual(order.outsourcing_next_deadline, order.outsourcing_sla_response_deadline)

    def test_a_holiday_that_is_deleted_or_moved_moves_them_back(self):
        order = self._dispatch(moment=START + 6 * HOUR)
        before = order.outsourcing_sla_completion_deadline
        holiday = self._add_holiday("2026-03-03")
        holiday.write({"date_from": "2026-03-09 16:00:00", "date_to": "2026-03-10 15:59:59"})
        self.assertEqual(order.outsourcing_sla_completion_deadline, before)
        holiday.write({"date_from": "2026-03-02 16:00:00", "date_to": "2026-03-03 15:59:59"})
        self.assertNotEqual(order.outsourcing_sla_completion_deadline, before)
        holiday.unlink()
        self.assertEqual(order.outsourcing_sla_completion_deadline, before)

    def test_working_time_entered_later_moves_them_too(self):
        order = self._dispatch(moment=START + 6 * HOUR)
        self.calendar.attendance_ids.filtered(lambda row: row.dayofweek == "1").unlink()
        self.assertEqual(order.outsourcing_sla_completion_deadline, datetime(2026, 3, 4, 4, 0))

    def test_a_shift_that_is_entered_by_itself_moves_them_too(self):
        order = self._dispatch(moment=START + 6 * HOUR)  # Monday 16:00: six hours end on Tuesday at 12:00
        before = order.outsourcing_sla_completion_deadline
        self.env["resource.calendar.attendance"].create(
            {
                "name": "Evening",
                "calendar_id": self.calendar.id,
                "dayofweek": "0",
                "hour_from": 18,
                "hour_to": 20,
            }
        )
        self.assertEqual(order.outsourcing_sla_completion_deadline, before - 2 * HOUR)

    def test_what_was_concluded_is_taken_back(self):
        order = self._dispatch(moment=START + 6 * HOUR)
        with freeze_time("2026-03-03 06:00:00"):  # Tuesday 14:00: all three limits are missed
            self.env["project.task"]._cron_update_sla_states()
        self.assertTrue(self._facts(order))
        proposals = self.env["outsourcing.adjustment"].search([("fact_ids", "in", self._facts(order).ids)])
        with freeze_time("2026-03-03 07:00:00"):
            self._add_holiday("2026-03-03")
        late = self._facts(order).mapped("note")
        self.assertNotIn("Completion", late)
        self.assertIn("Completion", self._facts(order, active=False).mapped("note"))
        withdrawn = proposals.filtered(lambda row: not row.fact_ids.filtered("active"))
        self.assertEqual(set(withdrawn.mapped("state")), {"waived"} if withdrawn else set())

    def test_a_closed_order_found_late_is_judged_anew_while_nothing_is_confirmed(self):
        order = self._dispatch(moment=START + 6 * HOUR)
        for step, moment in (("responded", 6.1), ("arrived", 6.5)):
            self._report(order, step, START + moment * HOUR)
        self._report(order, "completed", datetime(2026, 3, 3, 9, 0))  # five hours late
        with freeze_time("2026-03-03 09:30:00"):
            order.with_user(self.user_supervisor).action_outsourcing_done()
        self.assertEqual(self._facts(order).filtered(lambda f: f.fact_type == "order_late").value, 5.0)
        self._add_holiday("2026-03-03")
        self.assertFalse(self._facts(order))
        self.assertEqual(order.outsourcing_sla_state, "met")

    def test_leave_of_one_person_moves_nothing(self):
        order = self._dispatch(moment=START + 6 * HOUR)
        before = order.outsourcing_sla_completion_deadline
        leave = self._add_holiday("2026-03-10")
        leave.resource_id = (
            self.env["resource.resource"].sudo().create({"name": "Somebody", "calendar_id": self.calendar.id})
        )
        leave.write({"date_from": "2026-03-02 16:00:00", "date_to": "2026-03-03 15:59:59"})
        self.assertEqual(order.outsourcing_sla_completion_deadline, before)
