from datetime import date, datetime, timedelta

from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

from .order_common import START, OrderCommon

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestOrderPlanning(OrderCommon):
    """Planned work, schedule and repair times."""

    # ---- planned work -----------------------------------------------------------------------------------

    def test_activation_plans_the_work_of_the_service_type(self):
        with freeze_time("2026-01-01 02:00:00"):
            contract = self._create_active_contract()
        planned = contract.project_id.task_ids
        template = self.env.ref("property_outsourcing.service_type_elevator_task_1")
        first = planned.filtered(lambda o: o.name == template.name)
        self.assertEqual(len(first), 1)
        self.assertEqual(first.outsourcing_planned_start.date(), date(2026, 1, 1))
        monthly = self.env.ref("property_outsourcing.service_type_elevator_task_2")
        self.assertEqual(len(planned.filtered(lambda o: o.name == monthly.name)), 12)
        self.assertTrue(all(o.outsourcing_planned_finish.date() <= date(2026, 12, 31) for o in planned))
        self.assertIn("Count the elevators", first.description)

    def test_work_in_each_community_is_planned_for_each(self):
        service = self.service_elevator
        service.task_ids = [
            Command.clear(),
            Command.create({"name": "Visit", "interval_months": 6, "per_community": True}),
        ]
        both = (self.community | self.other_community).ids
        with freeze_time("2026-01-01 02:00:00"):
            contract = self._activate(self._create_contract(community_ids=[Command.set(both)]))
        visits = contract.project_id.task_ids
        self.assertEqual(len(visits), 4)
        self.assertEqual(visits.outsourcing_community_id, self.community | self.other_community)

    def test_work_of_the_past_is_not_planned(self):
        with freeze_time("2026-06-15 02:00:00"):
            contract = self._create_active_contract()
        starts = contract.project_id.task_ids.mapped("outsourcing_planned_start")
        self.assertEqual(min(starts).date(), date(2026, 7, 1))

    def test_templates_refuse_nonsense(self):
        for vals in ({"duration_days": 0}, {"offset_days": -1}, {"interval_months": -1}):
            with self.assertRefused(
                "days after the start and months cannot be negative, and the work takes", msg=str(vals)
            ):
                self.service_elevator.task_ids = [Command.create({"name": "x", **vals})]

    # ---- schedule ---------------------------------------------------------------------------------------

    def _plan(self, name, first, last, **vals):
        return self._dispatch(
            name=name,
            outsourcing_kind="planned",
            outsourcing_planned_start=START + first * DAY,
            outsourcing_planned_finish=START + last * DAY,
            **vals,
        )

    def _forecast_at(self, orders, moment):
        with freeze_time(moment):
            orders._process_schedule()

    def test_a_delay_runs_on_through_the_dependencies(self):
        open_gate(self.contract.project_id.task_ids).write(
            {"outsourcing_planned_start": False, "outsourcing_planned_finish": False}
        )
        strip = self._plan("Strip", 0, 2)
        bed = self._plan("Bed", 2, 4, depend_on_ids=[Command.link(strip.id)])
        tile = self._plan("Tile", 5, 7, depend_on_ids=[Command.link(bed.id)])
        orders = strip | bed | tile
        self._forecast_at(orders, START)
        self.assertEqual(orders.mapped("outsourcing_delay_days"), [0.0, 0.0, 0.0])
        self._forecast_at(orders, START + 3 * DAY)  # nobody has come yet
        self.assertEqual(orders.mapped("outsourcing_delay_days"), [3.0, 3.0, 2.0])
        self.assertEqual(strip.outsourcing_delay_cause, "not_started")
        self.assertEqual((bed.outsourcing_blocking_id, tile.outsourcing_blocking_id), (strip, bed))
        self.assertEqual(self.contract.with_user(self.user_manager).delay_days, 3.0)

    def _close(self, order, moment):
        with freeze_time(moment):
            order.with_user(self.user_supervisor)._close_orders("Done by others")

    def test_an_open_order_waits_for_the_finish_of_a_closed_one(self):
        strip = self._plan("Strip", 0, 2)
        bed = self._plan("Bed", 2, 4, depend_on_ids=[Command.link(strip.id)])
        self._close(strip, START + 3 * DAY)
        with freeze_time(START + 2 * DAY):
            self.env["project.task"]._cron_update_schedule()
        self.assertEqual(bed.outsourcing_forecast_finish, START + 5 * DAY)
        self.assertEqual(bed.outsourcing_blocking_id, strip)

    def test_the_schedule_reads_no_closed_order(self):
        done, still_open = self._plan("Strip", 0, 2), self._plan("Bed", 2, 4)
        self._close(done, START + DAY)
        seen = []
        tasks = self.env.registry["project.task"]
        self.patch(tasks, "_prepare_forecast", lambda order, *args: seen.append(order) or {})
        self.patch(tasks, "_is_forecast_changed", lambda order, vals: False)
        self.env["project.task"]._cron_update_schedule()
        self.assertIn(still_open, seen)
        self.assertNotIn(done, seen)

    def test_a_hold_is_named_as_the_cause(self):
        order = self._plan("Strip", 0, 2)
        self._hold(order, START + timedelta(hours=1))
        self._forecast_at(order, START + DAY)
        self.assertEqual((order.outsourcing_delay_days, order.outsourcing_delay_cause), (1.0, "held"))

    def test_the_report_fixes_the_delay(self):
        order = self._plan("Strip", 0, 2)
        self._report(order, "arrived", START + DAY)
        self.assertEqual(order.outsourcing_delay_days, 1.0)
        self._report(order, "completed", START + 4 * DAY)
        self.assertEqual(order.outsourcing_forecast_finish, START + 4 * DAY)
        self.assertEqual(order.outsourcing_delay_days, 2.0)

    def test_forecasts_of_one_and_thirty_orders_cost_the_same(self):
        def count(orders, moment):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self._forecast_at(orders, moment)
            return self.cr.sql_log_count - start

        one = self._plan("One", 0, 1)
        many = one.browse()
        for index in range(30):
            many |= self._plan(f"Order {index}", 0, 1, depend_on_ids=[Command.set(many[-1:].ids)])
        count(one, START + DAY)
        self.assertEqual(count(one, START + 2 * DAY), count(many, START + 2 * DAY))

    def test_a_plan_ends_after_it_starts(self):
        with self.assertRefused("the planned finish lies before the planned start."):
            self._plan("Backwards", 3, 1)

    # ---- repair times -----------------------------------------------------------------------------------

    def test_mean_repair_time_of_the_equipment(self):
        for hours in (4, 8):
            order = self._dispatch("p1")
            self._report(order, "completed", START + timedelta(hours=hours))
        self._dispatch("p1")
        elevator = self.elevator.with_user(self.user_supervisor)
        self.assertEqual((elevator.outsourcing_order_count, elevator.outsourcing_repair_count), (3, 2))
        self.assertEqual(elevator.outsourcing_repair_mean, 6.0)

    def test_before_and_after_a_day(self):
        for day, hours in ((0, 48), (1, 40), (40, 6), (41, 4)):
            order = self._dispatch("p1", moment=START + day * DAY)
            self._report(order, "arrived", START + day * DAY + timedelta(minutes=10))
            self._report(order, "completed", START + day * DAY + timedelta(hours=hours))
        comparisons = self.env["outsourcing.repair.comparison"].with_user(self.user_supervisor)
        comparison = comparisons.create({"date_split": START.date() + 30 * DAY, "months": 2})
        line = comparison.line_ids
        self.assertEqual((line.count_before, line.mean_before, line.rate_before), (2, 44.0, 0.0))
        self.assertEqual((line.count_after, line.mean_after, line.rate_after), (2, 5.0, 100.0))
        self.assertIn("44.0 h before, 5.0 h after (-89 %)", comparison.summary)
        outsider = comparisons.with_user(self.user_outsider).create(
            {"date_split": START.date() + 30 * DAY, "months": 2}
        )
        self.assertFalse(outsider.line_ids)

    def test_repairs_of_an_ended_contract_still_count(self):
        order = self._dispatch("p1")
        self._report(order, "completed", START + timedelta(hours=48))
        self.contract.end_reason = "Replaced"
        self.contract.with_user(self.user_manager).action_terminate()
        self.assertEqual(self.elevator.with_user(self.user_supervisor).outsourcing_repair_count, 1)

    # ---- screens ----------------------------------------------------------------------------------------

    def test_forms_open_for_the_people_who_use_them(self):
        order = self._dispatch("p1").with_user(self.user_supervisor)
        with Form(order) as form:
            form.outsourcing_progress = 30
        self.assertEqual(order.outsourcing_progress, 30)
        self.assertEqual(order.outsourcing_contact_id, self.contractor)
        for model in ("outsourcing.order.hold", "outsourcing.dispatch.override", "outsourcing.hold.reason"):
            self.assertTrue(self.env[model].with_user(self.user_supervisor).get_view(view_type="list"))
        with Form(self.env["outsourcing.repair.comparison"].with_user(self.user_manager)) as form:
            form.months = 3
        context = self.contract.with_user(self.user_manager).action_override_dispatch()["context"]
        overrides = self.env["outsourcing.dispatch.override"].with_user(self.user_manager)
        view = "property_outsourcing.outsourcing_dispatch_override_view_form_dialog"
        with Form(overrides.with_context(**context), view=view) as form:
            form.reason = "Rescue"

    def test_smart_buttons_lead_somewhere(self):
        order = self._dispatch("p1")
        self._report(order, "completed", datetime(2026, 3, 3, 2, 0))
        as_manager = order.with_user(self.user_manager)
        self.assertEqual((as_manager.outsourcing_fact_count, as_manager.outsourcing_adjustment_count), (7, 3))
        for record, methods in (
            (
                as_manager,
                (
                    "action_view_outsourcing_contract",
                    "action_view_outsourcing_equipment",
                    "action_view_outsourcing_facts",
                    "action_view_outsourcing_adjustments",
                ),
            ),
            (self.elevator, ("action_view_outsourcing_orders", "action_view_outsourcing_repairs")),
            (
                self.contract,
                (
                    "action_view_overdue_orders",
                    "action_view_slipping_orders",
                    "action_view_overrides",
                    "action_compare_repairs",
                ),
            ),
        ):
            for method in methods:
                self.assertTrue(getattr(record.with_user(self.user_manager), method)()["res_model"], method)
