import time
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderSla(OrderCommon):
    def test_the_board_begins_with_what_burns_and_ends_with_what_is_there(self):
        expand = self.env["project.task"]._group_expand_sla_states
        running = ["breached", "at_risk", "on_time", "paused"]
        self.assertEqual(expand([], []), running)
        self.assertEqual(expand(["met", "breached"], []), [*running, "met"])

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

    # ---- states -----------------------------------------------------------------------------------------

    def test_the_hour_moves_the_state(self):
        order = self._dispatch("p1")
        self.assertEqual(order.outsourcing_sla_state, "on_time")
        for minutes, state in ((11, "on_time"), (13, "at_risk"), (15, "at_risk"), (16, "breached")):
            self.assertEqual(self._state_at(order, START + timedelta(minutes=minutes)), state, minutes)
        self.assertEqual((order.outsourcing_sla_rank, order.outsourcing_breach_count), (0, 1))

    def test_an_answer_moves_the_next_deadline(self):
        order = self._dispatch("p1")
        self._report(order, "responded", START + timedelta(minutes=14))
        self.assertEqual(order.outsourcing_next_deadline, START + timedelta(hours=1))
        self.assertEqual((order.outsourcing_sla_state, order.outsourcing_breach_count), ("on_time", 0))

    def test_the_margin_of_risk_is_a_setting(self):
        order = self._dispatch("p1")
        self.company.outsourcing_sla_risk_percent = 50
        self.assertEqual(self._state_at(order, START + timedelta(minutes=8)), "at_risk")
        self.company.write({"outsourcing_sla_risk_percent": 0, "outsourcing_sla_risk_minutes": 5})
        self.assertEqual(self._state_at(order, START + timedelta(minutes=8)), "on_time")
        self.assertEqual(self._state_at(order, START + timedelta(minutes=10)), "at_risk")

    def test_state_is_searchable_and_sorts_overdue_first(self):
        late = self._dispatch("p0", moment=START)
        fresh = self._dispatch("p2", moment=START + timedelta(minutes=20))
        self._state_at(late, START + timedelta(minutes=21))
        tasks = self.env["project.task"].with_user(self.user_supervisor)
        found = tasks.search(
            [("outsourcing_sla_state", "=", "breached"), ("outsourcing_kind", "!=", "planned")]
        )
        self.assertEqual(found, late)
        orders = tasks.search([("id", "in", (late | fresh).ids)], order="outsourcing_sla_rank")
        self.assertEqual(orders[0], late)

    def test_the_board_by_state_starts_with_what_is_overdue(self):
        self._dispatch("p2")
        tasks = self.env["project.task"].with_user(self.user_supervisor)
        groups = tasks.with_context(read_group_expand=True).web_read_group(
            [("outsourcing_contract_id", "=", self.contract.id)], ["outsourcing_sla_state"]
        )["groups"]
        states = [group["outsourcing_sla_state"] for group in groups]
        self.assertEqual(states[:4], ["breached", "at_risk", "on_time", "paused"])

    def test_an_order_done_in_time_is_met_and_recorded(self):
        order = self._dispatch("p1")
        self._report(order, "arrived", START + timedelta(minutes=10))
        self._report(order, "completed", START + timedelta(hours=2))
        self.assertEqual(order.outsourcing_sla_state, "met")
        order.with_user(self.user_supervisor).action_outsourcing_done()
        self.assertTrue(order.is_closed)
        domain = [("res_id", "=", order.id), ("fact_type", "=", "order_done")]
        facts = self.env["outsourcing.fact"].search(domain)
        self.assertEqual(len(facts), 1)
        self.assertFalse(self._late_facts(order))

    # ---- lateness and its consequence -------------------------------------------------------------------

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

    def test_no_client_writes_what_the_clock_writes(self):
        order = self._dispatch("p1")
        for name in ("sla_completion_deadline", "next_deadline", "date_clock", "date_completed"):
            with self.assertRaises(UserError, msg=name):  # each for a reason of its own
                order.with_user(self.user_manager).write({f"outsourcing_{name}": START + timedelta(days=9)})
        for vals in (
            {"outsourcing_sla_state": "met"},
            {"outsourcing_breach_count": 0},
            {"outsourcing_hold_ids": []},
        ):
            with self.assertRefused("These values are written by the system alone", msg=str(vals)):
                order.with_user(self.user_supervisor).write(vals)

    def test_no_client_creates_with_a_deadline_of_its_own(self):
        tasks = self.env["project.task"].with_user(self.user_supervisor)
        vals = {"name": "x", "outsourcing_contract_id": self.contract.id}
        far = START + timedelta(days=90)
        with self.assertRefused("These values are written by the system alone"):
            tasks.create({**vals, "outsourcing_sla_completion_deadline": far})
        with self.assertRefused("These values are written by the system alone"):
            tasks.with_context(default_outsourcing_sla_completion_deadline=far).create(vals)
        with self.assertRefused("A new work order starts open."):
            tasks.create({**vals, "state": "1_done"})

    def test_a_supervisor_does_not_stretch_a_missed_limit(self):
        order = self._dispatch("p1")
        self._state_at(order, START + timedelta(hours=1))
        as_supervisor = order.with_user(self.user_supervisor)
        for vals in (
            {"outsourcing_priority": "p3"},
            {"outsourcing_date_requested": START + timedelta(hours=9)},
            {"outsourcing_kind": "planned"},
        ):
            with self.assertRefused(
                "after the contractor's first report or a missed limit only a manager", msg=str(vals)
            ):
                as_supervisor.write(vals)
        as_supervisor.write({"outsourcing_priority": "p1", "name": "Door jams"})
        order.with_user(self.user_manager).outsourcing_priority = "p2"

    def test_an_order_is_not_deleted_archived_or_taken_out_of_its_contract(self):
        order = self._dispatch("p1").with_user(self.user_manager)
        with self.assertRefused("A work order is cancelled, not deleted."):
            order.unlink()
        with self.assertRefused("A work order is cancelled, not deleted."):
            order.with_context(_force_unlink=True).unlink()
        with self.assertRefused("An open work order is cancelled, not archived."):
            order.active = False
        with self.assertRefused("A work order stays under its contract."):
            order.outsourcing_contract_id = False
        with self.assertRefused("A work order needs the time it was requested."):
            order.outsourcing_date_requested = False

    def test_a_limit_is_longer_than_nothing(self):
        draft = self._create_contract()
        with self.assertRefused("A time limit must be longer than zero."):
            draft.sla_ids[0].hours = 0

    # ---- cost -------------------------------------------------------------------------------------------

    def _count(self, function, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function(*args)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_states_of_one_and_thirty_orders_cost_the_same(self):
        tasks = self.env["project.task"]
        counts = []
        for number in (1, 30):
            for index in range(number):
                self._dispatch("p1", name=f"Order {index}")
            with freeze_time(START + timedelta(hours=1)):
                counts.append(self._count(tasks._process_sla_states))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 2)

    def test_ten_thousand_open_orders_take_a_moment(self):
        order = self._dispatch("p1")
        names = [
            field.name
            for field in self.env["project.task"]._fields.values()
            if field.store and field.column_type and field.name != "id"
        ]
        columns = ", ".join(names)
        self.env.cr.execute(
            f"INSERT INTO project_task ({columns}) SELECT {columns} FROM project_task, "
            "generate_series(1, 10000) WHERE id = %s",
            [order.id],
        )
        self.env.invalidate_all()
        with freeze_time(START + timedelta(hours=1)):
            began = time.perf_counter()
            count = self._count(self.env["project.task"]._process_sla_states)
            seconds = time.perf_counter() - began
        self.assertLessEqual(count, 2)
        self.assertLess(seconds, 10)

    def test_writing_a_name_costs_no_query_more_than_on_a_task(self):
        order = self._dispatch("p1").with_user(self.user_manager)
        projects = self.env["project.project"].sudo()
        project = projects.create({"name": "Plain", "privacy_visibility": "followers"})
        project.message_subscribe(self.user_manager.partner_id.ids)
        plain = self.env["project.task"].sudo().create({"name": "Plain", "project_id": project.id})
        plain = plain.sudo(False).with_user(self.user_manager)

        def rename(task):
            task.name = f"{task.name}!"

        self._count(rename, order)
        self._count(rename, plain)
        self.assertLessEqual(self._count(rename, order), self._count(rename, plain) + 2)

    def test_portal_sees_its_deadlines_and_writes_none(self):
        order = self._dispatch("p1").with_user(self.portal_contractor)
        self.assertTrue(order.read(["outsourcing_sla_completion_deadline", "outsourcing_sla_state"]))
        with self.assertRefused("Work orders are reported through the contractor's pages.", AccessError):
            order.write({"outsourcing_priority": "p3"})
        for method in ("action_outsourcing_done", "action_outsourcing_resume"):
            with self.assertRefused(
                "You are not the person who may take this step.", AccessError, msg=method
            ):
                getattr(order, method)()

    def test_the_board_shows_what_is_over_only_when_it_is_there(self):
        columns = self.env["project.task"]._group_expand_sla_states
        self.assertEqual(columns([], []), ["breached", "at_risk", "on_time", "paused"])
        self.assertEqual(columns(["met", "on_time"], []), ["breached", "at_risk", "on_time", "paused", "met"])
