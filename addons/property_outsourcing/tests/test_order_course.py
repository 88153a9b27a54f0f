from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderCourse(OrderCommon):
    """What every work order tells: that it was dispatched, how long it took, whether it kept its limits."""

    def _facts(self, orders, *fact_types):
        domain = [("res_model", "=", orders._name), ("res_id", "in", orders.ids)]
        return self.env["outsourcing.fact"].search([*domain, ("fact_type", "in", fact_types)])

    def _hours(self, order):
        kinds = ("response", "arrival", "repair")
        facts = self._facts(order, *(f"order_{kind}_hours" for kind in kinds))
        return {fact.fact_type.split("_")[1]: fact.value for fact in facts}

    def _step(self, orders, moment, step, reason="Not right"):
        with freeze_time(moment):
            dialog = self.env["outsourcing.order.step"].with_user(self.user_supervisor)
            dialog.create({"task_ids": orders.ids, "step": step, "reason": reason}).action_apply()
            self.env.flush_all()

    def _done(self, order, moment):
        self._report(order, "completed", moment)
        with freeze_time(moment):
            order.with_user(self.user_supervisor).action_outsourcing_done()

    # ---- how many ---------------------------------------------------------------------------------------

    def test_an_order_counts_once_when_it_is_dispatched_with_its_priority_and_community(self):
        fact = self._facts(self._dispatch("p0"), "order_counted")
        self.assertEqual((fact.priority, fact.community_id, fact.date), ("p0", self.community, START.date()))

    def test_an_order_that_was_not_sent_counts_when_it_is(self):
        order = self._dispatch(stage_id=self.env.ref("property_outsourcing.order_stage_new").id)
        self.assertFalse(self._facts(order, "order_counted"))
        stage = self.env.ref("property_outsourcing.order_stage_dispatched")
        order.with_user(self.user_supervisor).stage_id = stage
        self.assertEqual(len(self._facts(order, "order_counted")), 1)

    def test_a_cancelled_order_counts_no_more_and_again_when_it_is_reopened(self):
        order = self._dispatch()
        self._step(order, START + timedelta(hours=1), "cancel", "Ordered twice")
        self.assertFalse(self._facts(order, "order_counted"))
        voided = self.env["outsourcing.fact"].search(
            [("active", "=", False), ("res_id", "=", order.id), ("fact_type", "=", "order_counted")]
        )
        self.assertIn("cancelled", voided.void_reason)
        self._step(order, START + timedelta(hours=2), "reopen")
        self.assertEqual(len(self._facts(order, "order_counted")), 1)

    def test_the_rate_of_orders_in_time_follows_by_priority(self):
        orders = [self._dispatch(priority) for priority in ("p1", "p1", "p2")]
        for order, hours in zip(orders, (0.2, 7, 0.2), strict=True):
            self._done(order, START + timedelta(hours=hours))
        domain = [("fact_type", "in", ("order_done", "order_limited"))]
        rows = self.env["outsourcing.fact"]._read_group(domain, ["priority", "fact_type"], ["__count"])
        counts = {(priority, fact_type): count for priority, fact_type, count in rows}
        self.assertEqual(counts[("p1", "order_limited")], 2)
        self.assertEqual(counts[("p1", "order_done")], 1)
        self.assertEqual(counts[("p2", "order_done")], counts[("p2", "order_limited")])

    def test_an_order_done_in_time_that_is_given_back_is_not_done(self):
        order = self._dispatch("p1")
        self._report(order, "arrived", START + timedelta(minutes=5))
        self._done(order, START + timedelta(hours=1))
        self._step(order, START + timedelta(hours=2), "reopen")
        self.assertFalse(self._facts(order, "order_done", "order_limited"))
        self._done(order, START + timedelta(hours=20))
        self.assertEqual(self._facts(order, "order_done", "order_limited").fact_type, "order_limited")

    # ---- how long ---------------------------------------------------------------------------------------

    def test_hours_are_told_of_an_order_without_any_limit(self):
        self.contract.sla_ids._gated().unlink()
        order = self._dispatch("p3")
        for step, hours in (("responded", 1), ("arrived", 3), ("completed", 6)):
            self._report(order, step, START + timedelta(hours=hours))
        self.assertFalse(order.outsourcing_sla_completion_deadline)
        self.assertEqual(self._hours(order), {"response": 1.0, "arrival": 3.0, "repair": 6.0})

    def test_the_time_on_hold_is_no_time_of_the_contractor(self):
        order = self._dispatch("p1")
        self._report(order, "responded", START + timedelta(hours=1))
        self._hold(order, START + timedelta(hours=2))
        self._resume(order, START + timedelta(hours=5))
        self._report(order, "completed", START + timedelta(hours=8))
        self.assertEqual(self._hours(order), {"response": 1.0, "arrival": 5.0, "repair": 5.0})

    def test_a_hold_granted_after_the_report_measures_anew(self):
        order = self._dispatch("p1")
        with freeze_time(START + timedelta(hours=1)):
            order.with_user(self.portal_contractor)._portal_request_hold(self.reason)
        self._report(order, "completed", START + timedelta(hours=8))
        self.assertFalse(self._hours(order), "nothing is final while the request waits")
        order.outsourcing_hold_ids.with_user(self.user_supervisor).action_grant()
        self.assertEqual(self._hours(order)["repair"], 1.0)

    def test_a_request_entered_wrongly_is_measured_anew_by_a_managers_change(self):
        order = self._dispatch("p1")
        self._done(order, START + timedelta(hours=8))
        old = self._facts(order, "order_repair_hours")
        entered = {"outsourcing_date_entered": START - timedelta(hours=2)}
        order._gated().write({**entered, "outsourcing_date_requested": START - timedelta(hours=2)})
        self.assertEqual(self._hours(order)["repair"], 10.0)
        self.assertEqual((old.active, bool(old.void_reason)), (False, True))

    def test_a_false_report_does_not_shorten_the_repair(self):
        order = self._dispatch("p1")
        self._done(order, START + timedelta(hours=4))
        self._step(order, START + timedelta(hours=10), "reopen")
        self.assertNotIn("repair", self._hours(order))
        self._done(order, START + timedelta(hours=11))
        self.assertEqual(self._hours(order)["repair"], 5.0, "4 h until the first report and 1 h after")
        self.assertEqual(len(self._facts(order, "order_response_hours")), 2, "he was called twice")

    def test_working_hours_of_the_term_are_the_clock(self):
        calendar = self.env["resource.calendar"].create({"name": "Office", "tz": "Asia/Shanghai"})
        self.contract.sla_ids._gated().calendar_id = calendar
        order = self._dispatch(
            "p2", moment=START + timedelta(hours=5)
        )  # Monday 15:00, the office until 17:00
        self._report(order, "completed", START + timedelta(hours=23))  # Tuesday 9:00
        self.assertEqual(self._hours(order)["repair"], 3.0)
        order.with_user(self.user_supervisor).action_outsourcing_done()
        monday = START + timedelta(hours=6)  # the office closes at 16:00 that day, as is entered later
        vals = {"name": "Power cut", "calendar_id": calendar.id, "date_from": monday}
        self.env["resource.calendar.leaves"].create([{**vals, "date_to": monday + timedelta(hours=1)}])
        self.assertEqual(self._hours(order)["repair"], 2.0)

    def test_planned_work_and_what_a_defect_orders_answer_nobody(self):
        planned = self._dispatch(outsourcing_kind="planned")
        ordered = self._dispatch(outsourcing_kind="rectification", date_deadline=START + timedelta(days=3))
        for order in (planned, ordered):
            self._done(order, START + timedelta(hours=8))
        self.assertEqual((self._hours(planned), self._hours(ordered)), ({}, {"repair": 8.0}))

    # ---- reports ----------------------------------------------------------------------------------------

    def test_a_manager_reads_mean_hours_by_month_and_drills_down_to_the_orders(self):
        orders = self.env["project.task"]
        for hours in (48, 6):
            orders |= self._dispatch("p1")
            self._done(orders[-1:], START + timedelta(hours=hours))
        facts = self.env["outsourcing.fact"].with_user(self.user_manager)
        domain = [("fact_type", "=", "order_repair_hours")]
        rows = facts.formatted_read_group(domain, ["contractor_id"], ["value_mean:avg", "value:sum"])
        self.assertEqual([(row["value_mean:avg"], row["value:sum"]) for row in rows], [(27.0, 54.0)])
        action = facts.search(domain).action_open_sources()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), orders.sorted())
        self.assertEqual(facts.fields_get(["value_mean"])["value_mean"]["aggregator"], "avg")

    def test_breaches_are_told_apart_from_what_is_only_counted(self):
        self._done(self._dispatch("p1"), START + timedelta(hours=48))
        facts = self.env["outsourcing.fact"].with_user(self.user_manager)
        kinds = [
            facts.search([(name, "=", True)]).mapped("fact_type") for name in ("is_breach", "is_measure")
        ]
        self.assertEqual(set(kinds[0]), {"order_late"})
        self.assertIn("order_repair_hours", kinds[1])
        self.assertNotIn("order_late", facts.search([("is_breach", "=", False)]).mapped("fact_type"))

    # ---- at once ----------------------------------------------------------------------------------------

    def test_no_clause_listens_to_what_is_only_counted(self):
        types = self.env["outsourcing.fact"]._get_fact_types()
        offered = {code for code, _label in self.env["outsourcing.fact"]._get_trigger_selection()}
        self.assertFalse({code for code, fact_type in types.items() if fact_type.is_measure} & offered)
        self.assertFalse({t.denominator for t in types.values() if t.denominator} - set(types))

    def _count_step(self, orders, step):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._step(orders, START + timedelta(hours=3), step)
        return self.cr.sql_log_count - before

    def test_recording_for_many_contracts_costs_as_much_as_for_one(self):
        orders = self.env["project.task"]
        contracts = self._create_active_contracts(30)
        for contract in (self.contract, self.contract, *contracts):
            with freeze_time(START):
                orders |= contract.with_user(self.user_supervisor)._dispatch_order({"name": contract.title})
        orders = orders.with_env(self.env)
        counts = {}
        for step in ("close", "reopen", "cancel"):
            self._count_step(orders[:1], step)  # warm
            counts[step] = [self._count_step(group, step) for group in (orders[1:2], orders[2:])]
        counts["close"][1] -= 2 * 29  # core computes the working time of each task it closes
        self.assertFalse({step: pair for step, pair in counts.items() if pair[0] != pair[1]})
