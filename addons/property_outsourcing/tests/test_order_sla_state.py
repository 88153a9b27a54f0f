import time
from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderSlaState(OrderCommon):
    """What burns comes first, for one order and for ten thousand."""

    def test_the_board_begins_with_what_burns_and_ends_with_what_is_there(self):
        expand = self.env["project.task"]._group_expand_sla_states
        running = ["breached", "at_risk", "on_time", "paused"]
        self.assertEqual(expand([], []), running)
        self.assertEqual(expand(["met", "breached"], []), [*running, "met"])

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

    def test_the_board_shows_what_is_over_only_when_it_is_there(self):
        columns = self.env["project.task"]._group_expand_sla_states
        self.assertEqual(columns([], []), ["breached", "at_risk", "on_time", "paused"])
        self.assertEqual(columns(["met", "on_time"], []), ["breached", "at_risk", "on_time", "paused", "met"])
