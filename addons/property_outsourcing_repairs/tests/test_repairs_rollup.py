from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .repairs_common import RepairsCommon


@tagged("post_install", "-at_install")
class TestRepairsRollup(RepairsCommon):
    """Accepted orders of a month become one payment row, once."""

    def _roll_up(self, contract=None, month=None):
        """Roll up as the schedule does."""
        return (contract or self.framework)._create_rollups(month or self.MONTH)

    def test_accepted_orders_become_one_row_to_the_cent(self):
        orders = self._perform(self.framework, {"ZM-01": 3.33}, day=date(2026, 9, 3))
        orders |= self._perform(self.framework, {"GS-01": 1.5, "MB-01": 1}, day=date(2026, 9, 30))
        later = self._perform(self.framework, {"MB-01": 1}, day=date(2026, 10, 1))
        waiting = self._report(self._call_off(self.framework, {"MB-01": 1}))
        rollup = self._roll_up()
        self.assertEqual(rollup.order_ids, orders)
        self.assertEqual((rollup.order_count, rollup.amount_total), (2, 555.41))
        self.assertEqual(round(sum(rollup.line_ids.mapped("amount")), 2), 555.41)
        row = self.framework.milestone_ids
        self.assertEqual((row.kind, row.amount, row.amount_accepted), ("period", 555.41, 555.41))
        self.assertEqual((row.date_start, row.date_end), (date(2026, 9, 1), date(2026, 9, 30)))
        line = self.framework.purchase_order_id.order_line
        self.assertEqual((line.outsourcing_milestone_id, line.qty_received), (row, 555.41))
        self.assertEqual(self.framework.purchase_order_id.amount_total, 555.41)
        self.assertEqual(set(orders.mapped("outsourcing_measure_state")), {"rolled_up"})
        self.assertEqual(later.outsourcing_measure_state, "accepted")
        self.assertEqual(waiting.outsourcing_measure_state, "reported")
        self.assertEqual(self.framework.amount_called_off, 555.41 + 185.0 * 2)

    def test_the_print_of_the_framework_knows_no_roll_up(self):
        name = "property_outsourcing.report_outsourcing_contract_in_force_document"
        reports = self.env["ir.actions.report"].with_user(self.user_supervisor)
        before = reports._render_qweb_html(name, self.framework.ids)[0].decode()
        self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        self.assertTrue(self._roll_up())
        self.assertEqual(reports._render_qweb_html(name, self.framework.ids)[0].decode(), before)
        text = " ".join(before.split())
        self.assertIn("Not to exceed (provisional sum): <b", text)
        self.assertIn("settled in the month that follows", text)
        self.assertNotIn(">Quantity<", text)

    def test_the_bill_leads_back_to_orders_quantities_and_photos(self):
        order = self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        rollup = self._roll_up()
        action = self.framework.milestone_ids.action_open_accepted_source()
        self.assertEqual((action["res_model"], action["res_id"]), (rollup._name, rollup.id))
        orders = self.env["project.task"].search(rollup.action_view_orders()["domain"])
        photos = self.env["outsourcing.evidence"].search(rollup.action_view_evidence()["domain"])
        self.assertEqual((orders, photos), (order, order.evidence_ids))
        self.assertEqual(rollup.line_ids.action_open_order()["res_id"], order.id)

    def test_an_order_is_rolled_up_once(self):
        self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        first = self._roll_up()
        self.assertFalse(self._roll_up())
        late = self._perform(self.framework, {"MB-01": 2}, day=date(2026, 9, 15))
        self.assertFalse(self._roll_up())  # September is closed: it goes with October
        second = self._roll_up(month=date(2026, 10, 1))
        self.assertEqual((first.amount_total, second.amount_total), (185.0, 370.0))
        self.assertEqual(second.order_ids, late)
        self.assertEqual(self.framework.milestone_ids.mapped("amount"), [185.0, 370.0])

    def test_each_community_has_its_own_row(self):
        self.other_community.manager_id = self.user_manager2
        both = self.community | self.other_community
        framework = self._create_framework(community_ids=both.ids)
        self._perform(framework, {"MB-01": 1}, day=self.MONTH)
        other = self._call_off(
            framework,
            {"MB-01": 2},
            user=self.user_manager,
            outsourcing_community_id=self.other_community.id,
        )
        self._report(other).with_user(self.user_outsider)._accept_quantities(self.MONTH)
        rollups = self._roll_up(framework)
        self.assertEqual(
            {rollup.community_id: rollup.amount_total for rollup in rollups},
            {self.community: 185.0, self.other_community: 370.0},
        )
        self.assertEqual(framework.milestone_ids.community_id, both)

    def test_rows_never_exceed_the_ceiling(self):
        self._perform(self.framework, {"MB-01": 54}, day=self.MONTH)
        order = self.framework.task_ids.filtered("outsourcing_measure_state")
        order.with_user(self.user_manager)._approve_quantities(self.MONTH)
        self.env.cr.execute(
            "UPDATE outsourcing_contract SET amount_total = 9000 WHERE id = %s", [self.framework.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, r"\$9,990.00, above the not-to-exceed amount of \$9,000.00"):
            self._roll_up()

    def test_one_faulty_framework_does_not_stop_the_schedule(self):
        healthy = self._create_framework()
        for framework in (self.framework, healthy):
            self._perform(framework, {"MB-01": 10}, day=self.MONTH)
        self.env.cr.execute(
            "UPDATE outsourcing_contract SET amount_total = 1 WHERE id = %s", [self.framework.id]
        )
        self.env.invalidate_all()
        (self.framework | healthy)._run_in_batches("_create_rollups", self.MONTH)
        self.assertFalse(self.framework.rollup_ids)
        failure = self.framework.activity_ids.filtered("outsourcing_job_key")
        self.assertIn("above the not-to-exceed amount", failure.note)
        self.assertEqual(healthy.rollup_ids.amount_total, 1850.0)

    def test_an_order_outside_the_communities_of_its_contract_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "not part of the contract"):
            self._call_off(
                self.framework,
                {"MB-01": 1},
                user=self.user_manager,
                outsourcing_community_id=self.other_community.id,
            )

    def test_manager_rolls_up_what_others_signed(self):
        self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        with freeze_time("2026-10-05"):
            with self.assertRefused("You are not the person who may take this step; ask", AccessError):
                self.framework.with_user(self.user_supervisor).action_roll_up()
            with self.assertRefused("You are not the person who may take this step.", AccessError):
                self.framework.with_user(self.portal_contractor).action_roll_up()
            self.framework.with_user(self.user_manager).action_roll_up()
            self.assertEqual(self.framework.rollup_ids.create_uid, self.user_manager)
            with self.assertRaisesRegex(UserError, "No accepted work order"):
                self.framework.with_user(self.user_manager).action_roll_up()

    def test_who_signed_an_order_does_not_roll_it_up(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 1}))
        order.with_user(self.user_manager)._accept_quantities(self.MONTH)
        with freeze_time("2026-10-05"):
            with self.assertRaisesRegex(UserError, "has signed"):
                self.framework.with_user(self.user_manager).action_roll_up()
            self.framework.with_user(self.user_manager2).action_roll_up()
        self.assertEqual(self.framework.rollup_count, 1)

    def test_who_entered_the_report_of_an_order_does_not_roll_it_up(self):
        order = self._call_off(self.framework, {"MB-01": 1}).with_user(self.user_manager)
        order.outsourcing_order_line_ids.quantity_reported = 1
        self._report_on_paper(order, self.performer)
        self.assertEqual(order.outsourcing_reported_by_id, self.user_manager)
        self._accept(order, self.MONTH)
        with freeze_time("2026-10-05"):
            with self.assertRaisesRegex(UserError, "Zhang Manager has signed Repair"):
                self.framework.with_user(self.user_manager).action_roll_up()
            self.framework.with_user(self.user_manager2).action_roll_up()
        self.assertEqual(self.framework.rollup_ids.order_ids, order)

    def test_an_ended_framework_is_rolled_up_at_once(self):
        self._perform(self.framework, {"MB-01": 1}, day=date(2026, 10, 2))
        self.framework.with_user(self.user_manager).action_complete()
        with self.assertRaisesRegex(UserError, "not rolled up"):
            self.framework.with_user(self.user_manager).action_close()
        with freeze_time("2026-10-05"):
            self.framework.with_user(self.user_manager).action_roll_up()
        self.assertEqual(self.framework.rollup_ids.month, date(2026, 10, 1))

    def test_schedule_waits_for_the_day_of_the_company(self):
        self.company.outsourcing_rollup_day = 5
        self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        cron = self.env.ref("property_outsourcing_repairs.cron_roll_up")
        for day, count in (("2026-10-04", 0), ("2026-10-05", 1), ("2026-10-06", 1)):
            with freeze_time(f"{day} 04:00:00"), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.framework.invalidate_recordset()
            self.assertEqual(len(self.framework.rollup_ids), count, day)
        self.assertEqual(self.framework.rollup_ids.mapped("amount_total"), [185.0])

    def test_a_rollup_is_neither_made_nor_changed_nor_deleted_by_hand(self):
        order = self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        rollup = self._roll_up()
        vals = {
            "contract_id": self.framework.id,
            "community_id": self.community.id,
            "month": "2026-08-01",
            "date_end": "2026-08-31",
            "amount_total": 1.0,
        }
        for user in (self.user_supervisor, self.user_manager, self.user_admin, self.portal_contractor):
            mine = rollup.with_user(user)
            for forbidden in (
                lambda mine=mine: mine.create(vals),
                lambda mine=mine: mine.write({"amount_total": 1.0}),
                lambda mine=mine: mine.with_context(_force_unlink=True).unlink(),
            ):
                with self.assertRaises(UserError):  # an access error is one, too
                    forbidden()
        for vals in ({"outsourcing_rollup_id": False}, {"outsourcing_measure_state": "accepted"}):
            with self.assertRefused("These values are written by the system alone"):
                order.with_user(self.user_manager).write(vals)
        for vals in ({"amount_total": 1.0}, {"month": self.MONTH}):
            with self.assertRaisesRegex(UserError, "A roll-up is never changed"):
                rollup.sudo().write(vals)  # superuser mode is not the gate

    def test_the_row_is_accepted_by_its_rollup_alone(self):
        self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        self._roll_up()
        with self.assertRaisesRegex(UserError, "roll-up alone"):
            self._accept_row(self.framework.milestone_ids, 0.0, self.MONTH, self.framework)

    def test_a_rollup_accepts_its_own_row_alone(self):
        self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        rollup = self._roll_up()
        row = self._create_active_contract().milestone_ids[0]
        with self.assertRaisesRegex(UserError, "is not the roll-up of"):
            self._accept_row(row, 10.0, self.MONTH, rollup)

    def test_orders_accepted_before_the_end_of_a_framework_are_still_rolled_up(self):
        self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        reason = self.env.ref("property_outsourcing.termination_reason_visits")
        self.framework.with_user(self.user_manager)._terminate(reason, "Three visits missed")
        self.framework.with_user(self.user_manager2).action_roll_up()
        self.assertEqual(self.framework.milestone_ids.amount_accepted, 185.0)

    def test_print_shows_orders_items_figures_and_signers(self):
        self._perform(self.framework, {"ZM-01": 3.33}, day=self.MONTH)
        rollup = self._roll_up()
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "property_outsourcing_repairs.report_order_rollup_document", rollup.ids
        )
        html = html.decode()
        figures = ("3.33", "68.35", "227.61")
        for text in ("Repair", "Item ZM-01", *figures, "Steady Elevators", "Wang Supervisor"):
            self.assertIn(text, html)

    def test_rollups_are_seen_by_those_concerned(self):
        self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        rollup = self._roll_up()
        for user in (self.user_supervisor, self.user_finance, self.user_manager, self.portal_contractor):
            self.assertEqual(self.env["outsourcing.order.rollup"].with_user(user).search([]), rollup)
        for user in (self.user_outsider, self.portal_competitor, self.portal_representative):
            self.assertFalse(self.env["outsourcing.order.rollup"].with_user(user).search([]))

    def test_rolling_up_costs_the_same_for_1_and_30_orders(self):
        frameworks = [self._create_framework(amount_total=1e6) for _index in range(3)]
        counts = []
        for framework, size in zip(frameworks, (1, 1, 30), strict=True):  # the first fills the caches
            for _index in range(size):
                self._perform(framework, {"MB-01": 1, "GS-01": 1}, day=self.MONTH)
            self.env.flush_all()
            self.env.invalidate_all()
            (framework.manager_id | self.env.user).mapped("name")  # who is asked, whatever was asked before
            before = self.env.cr.sql_log_count
            self._roll_up(framework)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2], counts)
