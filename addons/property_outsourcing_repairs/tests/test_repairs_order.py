from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .repairs_common import RepairsCommon

STATES = ("estimate", "reported", "checked", "accepted", "rolled_up")


@tagged("post_install", "-at_install")
class TestRepairsOrder(RepairsCommon):
    """Reported by the contractor, accepted by another person, above a limit by a manager too."""

    def test_an_order_is_reported_corrected_and_accepted(self):
        order = self._call_off(self.framework, {"ZM-01": 10, "GS-01": 2})
        self._report(order, {"ZM-01": 12, "GS-01": 2}, extra=[(self.door.id, 1)])
        self.assertEqual(order.outsourcing_measure_state, "reported")
        self.assertEqual(order.outsourcing_order_amount, 1195.6)
        self.assertTrue(order.outsourcing_date_completed)
        self.assertEqual(order.outsourcing_performer_id, self.performer)
        lamps = order.outsourcing_order_line_ids.filtered(lambda line: line.code == "ZM-01")
        lamps.with_user(self.user_supervisor).write(
            {"quantity_performed": 11.5, "cut_reason": "Half a metre short"}
        )
        order.with_user(self.user_supervisor).action_outsourcing_accept_quantities()
        self.assertEqual((order.outsourcing_measure_state, order.state), ("accepted", "1_done"))
        self.assertEqual((lamps.quantity_reported, lamps.amount), (12.0, 786.03))
        self.assertEqual(order.outsourcing_order_amount, 1161.43)
        self.assertEqual(self._item(self.framework, "ZM-01").quantity_measured, 11.5)
        self.assertEqual(self.door.quantity_measured, 1.0)
        self.assertEqual(self.framework.amount_called_off, 1161.43)

    def test_a_report_taken_back_takes_its_quantities_along_until_they_are_checked(self):
        order = self._call_off(self.framework, {"GS-01": 2})
        self._report(order, {"GS-01": 3})
        order.with_user(self.portal_contractor)._portal_take_back()
        line = order.outsourcing_order_line_ids
        self.assertEqual((order.outsourcing_measure_state, line.quantity_performed), ("estimate", 0.0))
        self.assertFalse(order.outsourcing_date_completed or order.outsourcing_date_answer_due)
        self.assertEqual(line.quantity_reported, 3.0)  # typed already, when it is reported again
        self._report(order, {"GS-01": 2})
        order.with_user(self.user_supervisor).action_outsourcing_accept_quantities()
        with self.assertRaisesRegex(UserError, "this step is not open"):
            order.with_user(self.portal_contractor)._portal_take_back()

    def test_measured_quantities_keep_four_digits_and_never_grow(self):
        order = self._call_off(self.framework, {"GS-01": 1.2345})
        self._report(order, {"GS-01": 1.2344})
        line = order.outsourcing_order_line_ids
        supervisor = order.with_user(self.user_supervisor)
        line.with_user(self.user_supervisor).quantity_performed = 1.2345
        with self.assertRaisesRegex(UserError, "no more of .* is accepted than the contractor reported"):
            supervisor.action_outsourcing_accept_quantities()
        line.with_user(self.user_supervisor).quantity_performed = 1.2344
        supervisor.action_outsourcing_accept_quantities()
        self.assertEqual(line.item_id.quantity_measured, 1.2344)

    def test_report_and_completion_come_together_with_a_photo(self):
        order = self._call_off(self.framework, {"MB-01": 1})
        contractor = order.with_user(self.portal_contractor)
        quantities = {order.outsourcing_order_line_ids.id: 1.0}
        with self.assertRaisesRegex(UserError, "together"):
            contractor._portal_report("completed")
        with self.assertRaisesRegex(UserError, "photo"):
            contractor._portal_report_work(quantities)
        self._add_photo(order)
        with self.assertRaisesRegex(UserError, "at least one"):
            contractor._portal_report_work({})
        with self.assertRaisesRegex(UserError, "negative"):
            contractor._portal_report_work({order.outsourcing_order_line_ids.id: -1.0})
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            order.with_user(self.portal_competitor)._portal_report_work(quantities)
        contractor._portal_report_work(quantities)
        with self.assertRaisesRegex(UserError, "not open"):
            contractor._portal_report_work(quantities)
        self.assertTrue(order.evidence_ids.sealed)

    def test_contractor_reports_items_and_lines_of_the_own_order_only(self):
        order = self._call_off(self.framework, {"MB-01": 1})
        other = self._call_off(self.framework, {"MB-01": 1})
        foreign = self._item(self._create_framework_draft(), "MB-01")
        self._add_photo(order)
        contractor = order.with_user(self.portal_contractor)
        with self.assertRaisesRegex(UserError, "this order only"):
            contractor._portal_report_work({other.outsourcing_order_line_ids.id: 1.0})
        with self.assertRaisesRegex(UserError, "amendment"), self.env.cr.savepoint():
            contractor._portal_report_work({}, [(foreign.id, 1.0)])

    def test_contractor_writes_neither_quantity_nor_price_nor_state(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 2}))
        line = order.outsourcing_order_line_ids.with_user(self.portal_contractor)
        for vals in ({"quantity_performed": 9}, {"price_unit": 9}, {"quantity_reported": 9}):
            with self.assertRaises(AccessError):  # core's own
                line.write(vals)
        with self.assertRaises(AccessError):  # core's own
            line.create({"task_id": order.id, "item_id": self.door.id, "quantity_reported": 1})
        with self.assertRaises(AccessError):  # core's own
            line.with_context(_force_unlink=True).unlink()
        contractor = order.with_user(self.portal_contractor)
        with self.assertRefused("Work orders are reported through the contractor's pages.", AccessError):
            contractor.write({"outsourcing_measure_state": "accepted"})
        for step in ("accept", "approve", "return"):
            with self.assertRefused("You are not the person who may take this step.", AccessError):
                getattr(contractor, f"action_outsourcing_{step}_quantities")()
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            contractor.action_outsourcing_report_paper()

    def test_paper_report_is_accepted_by_another_person(self):
        order = self._call_off(self.framework, {"MB-01": 2}).with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "at least one"):
            order.action_outsourcing_report_paper()
        order.outsourcing_order_line_ids.quantity_reported = 2
        self._report_on_paper(order, self.performer)
        self.assertEqual(order.outsourcing_reported_by_id, self.user_supervisor)
        with self.assertRaisesRegex(UserError, "another person"):
            order.action_outsourcing_accept_quantities()
        order.with_user(self.user_supervisor2).action_outsourcing_accept_quantities()
        self.assertEqual(order.outsourcing_measure_state, "accepted")

    def test_a_large_order_needs_a_manager_as_well(self):
        self.company.outsourcing_repairs_manager_amount = 370.0
        small = self._perform(self.framework, {"MB-01": 2})
        self.assertEqual(small.outsourcing_measure_state, "accepted")
        large = self._report(self._call_off(self.framework, {"MB-01": 3}))
        self._accept(large)
        self.assertEqual((large.outsourcing_measure_state, large.state), ("checked", "01_in_progress"))
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            large.with_user(self.user_supervisor2).action_outsourcing_approve_quantities()
        large.with_user(self.user_manager).action_outsourcing_approve_quantities()
        self.assertEqual(large.outsourcing_approved_by_id, self.user_manager)
        self.assertEqual((large.outsourcing_measure_state, self.door.quantity_measured), ("accepted", 5.0))

    def test_a_manager_who_checked_does_not_approve(self):
        self.company.outsourcing_repairs_manager_amount = 100.0
        order = self._report(self._call_off(self.framework, {"MB-01": 3}))
        order.with_user(self.user_manager).action_outsourcing_accept_quantities()
        with self.assertRaisesRegex(UserError, "another person"):
            order.with_user(self.user_manager).action_outsourcing_approve_quantities()
        order.with_user(self.user_manager2).action_outsourcing_approve_quantities()

    def test_more_than_reported_is_never_accepted(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 2}))
        line = order.outsourcing_order_line_ids.with_user(self.user_supervisor)
        line.quantity_performed = 3
        with self.assertRaisesRegex(UserError, "than the contractor reported"):
            self._accept(order)
        line.quantity_performed = 0
        with self.assertRaisesRegex(UserError, "nothing performed"):
            self._accept(order)

    def test_a_report_sent_back_is_reported_again(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 2}), {"MB-01": 9})
        order.with_user(self.user_supervisor).action_outsourcing_return_quantities()
        self.assertEqual(order.outsourcing_measure_state, "estimate")
        self.assertEqual(order.outsourcing_order_amount, 370.0)
        self.assertFalse(order.outsourcing_reported_by_id)
        self._report(order, {"MB-01": 2})
        self._accept(order)
        self.assertEqual(order.outsourcing_order_amount, 370.0)

    def test_quantities_are_fixed_step_by_step(self):
        order = self._call_off(self.framework, {"MB-01": 2})
        line = order.outsourcing_order_line_ids.with_user(self.user_supervisor)
        allowed = {"estimate": {"quantity_planned", "quantity_reported"}, "reported": {"quantity_performed"}}
        for state in STATES:
            order_sudo = order._gated()
            order_sudo.outsourcing_measure_state = state
            for name in ("quantity_planned", "quantity_reported", "quantity_performed"):
                if name in allowed.get(state, ()):
                    line.write({name: 2})
                    continue
                with self.assertRefused(
                    "its quantities and prices are not changed like this.", msg=f"{state}: {name}"
                ):
                    line.write({name: 3})
            if state != "estimate":
                with self.assertRefused("its quantities and prices are not changed like this."):
                    line.with_context(_force_unlink=True).unlink()
                with self.assertRefused("its quantities and prices are not changed like this."):
                    line.create({"task_id": order.id, "item_id": self.door.id})
                with self.assertRefused("and can no longer be deleted."):
                    order.with_user(self.user_manager).with_context(_force_unlink=True).unlink()

    def test_every_step_from_a_wrong_state_is_refused(self):
        sources = {
            "accept": ("reported",),
            "approve": ("checked",),
            "return": ("reported", "checked"),
        }
        order = self._call_off(self.framework, {"MB-01": 2})
        for state in STATES:
            order._gated().outsourcing_measure_state = state
            for step, allowed in sources.items():
                if state not in allowed:
                    with self.assertRaisesRegex(UserError, "not open", msg=f"{state}: {step}"):
                        getattr(order.with_user(self.user_manager), f"action_outsourcing_{step}_quantities")()

    def test_state_signers_and_amount_are_not_written_by_a_client(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 2}))
        forged = {
            "outsourcing_measure_state": "accepted",
            "outsourcing_order_amount": 1.0,
            "outsourcing_reported_by_id": self.user_finance.id,
            "outsourcing_checked_by_id": self.user_finance.id,
            "outsourcing_approved_by_id": self.user_finance.id,
            "outsourcing_date_accepted": "2026-01-01",
        }
        for user in (self.user_supervisor, self.user_manager):
            for name, value in forged.items():
                with self.assertRefused("These values are written by the system alone", msg=name):
                    order.with_user(user).write({name: value})
                with self.assertRefused("These values are written by the system alone", msg=name):
                    self.framework.with_user(user)._dispatch_order({"name": "Forged", name: value})

    def test_signers_are_not_planted_as_a_default(self):
        for name in ("outsourcing_reported_by_id", "outsourcing_approved_by_id"):
            context = {f"default_{name}": self.user_finance.id}
            framework = self.framework.with_user(self.user_supervisor).with_context(**context)
            with self.assertRaisesRegex(UserError, "These values are written by the system alone"):
                framework._dispatch_order({"name": "Forged"})

    def test_an_order_starts_as_an_estimate_whatever_is_sent_or_offered(self):
        framework = self.framework.with_user(self.user_supervisor)
        for value in ("accepted", False):  # a board grouped by it offers the column's
            for name in ("outsourcing_measure_state", "outsourcing_order_amount"):
                offered = framework.with_context(**{f"default_{name}": value})
                order = offered._dispatch_order({"name": "New"})
                self.assertEqual(
                    (order.outsourcing_measure_state, order.outsourcing_order_amount), ("estimate", 0)
                )
        order = framework._dispatch_order({"name": "New", "outsourcing_measure_state": False})
        self.assertEqual(order.outsourcing_measure_state, "estimate")

    def test_measured_quantity_is_not_typed(self):
        with self.assertRefused("its lines can no longer be changed."):
            self.door.with_user(self.user_manager).quantity_measured = 99
        draft = self._create_framework_draft().with_user(self.user_supervisor)
        with self.assertRefused("These values are written by the system alone"):
            draft.item_ids[0].quantity_measured = 1
        with self.assertRefused("These values are written by the system alone"):
            draft.item_ids = [Command.create({"name": "X", "price_unit": 1.0, "quantity_measured": 1})]

    def test_a_measured_order_keeps_contract_and_community(self):
        order = self._call_off(self.framework, {"MB-01": 2}).with_user(self.user_manager)
        other = self._create_framework()
        with self.assertRefused("has quantities of its contract's unit-price list: contract and"):
            order.write({"outsourcing_contract_id": other.id, "project_id": other.project_id.id})
        self._report(order.with_env(self.env))
        with self.assertRefused("has quantities of its contract's unit-price list: contract and"):
            order.outsourcing_community_id = self.other_community

    def test_photos_are_taken_until_the_acceptance(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 2}))
        self._add_photo(order)
        self._accept(order)
        with self.assertRefused("no longer takes photos or files."):
            self._add_photo(order)
        self.assertEqual(order.evidence_ids.contract_id, self.framework)

    def test_a_manager_is_asked_and_the_activity_goes_with_the_acceptance(self):
        self.company.outsourcing_repairs_manager_amount = 100.0
        order = self._accept(self._report(self._call_off(self.framework, {"MB-01": 3})))
        self.assertEqual(order.activity_ids.user_id, self.user_manager)
        order.with_user(self.user_manager2).action_outsourcing_approve_quantities()
        self.assertFalse(order.activity_ids)

    def test_rectification_is_at_the_cost_of_the_contractor(self):
        order = self._call_off(self.framework, {}, outsourcing_kind="rectification")
        self.assertFalse(order.outsourcing_measure_state)
        with self.assertRaisesRegex(UserError, "not priced by quantity"):
            self.env["outsourcing.order.line"].with_user(self.user_supervisor).create(
                {"task_id": order.id, "item_id": self.door.id}
            )
        order.with_user(self.portal_contractor)._portal_report("completed")

    def test_accepted_quantities_are_not_reopened(self):
        order = self._perform(self.framework, {"MB-01": 1}).with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "order a rectification"):
            order._reopen_orders("Loose again")
        self.assertEqual(order.outsourcing_measure_state, "accepted")

    def test_reopening_a_reported_order_lets_the_contractor_report_again(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 1}))
        order.with_user(self.user_supervisor)._reopen_orders("Not finished")
        self.assertEqual(order.outsourcing_measure_state, "estimate")
        self._report(order, {"MB-01": 1})
        self.assertEqual(order.outsourcing_measure_state, "reported")

    def test_order_priced_by_quantity_is_not_closed_without_quantities(self):
        order = self._call_off(self.framework, {"MB-01": 1}).with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "quantities are accepted"):
            order._close_orders("Seen on site")

    def test_other_users_of_odoo_project_are_not_disturbed(self):
        user = new_test_user(self.env, "plain_project", groups="project.group_project_user", email=False)
        project = self.env["project.project"].sudo()
        project = project.create({"name": "Own", "privacy_visibility": "employees"})
        task = self.env["project.task"].with_user(user).create({"name": "Own", "project_id": project.id})
        self.assertEqual(task.read()[0]["name"], "Own")
        with Form(task) as form:
            form.name = "Changed"
        self.assertEqual((task.name, task.copy().name), ("Changed", "Changed (copy)"))

    def test_acceptance_of_many_orders_in_one_go(self):
        orders = self.env["project.task"].union(
            *(self._report(self._call_off(self.framework, {"MB-01": 1})) for _index in range(3))
        )
        orders.with_user(self.user_supervisor).action_outsourcing_accept_quantities()
        self.assertEqual(set(orders.mapped("outsourcing_measure_state")), {"accepted"})
        self.assertEqual(self.door.quantity_measured, 3.0)
        self.assertEqual(set(orders.mapped("outsourcing_date_accepted")), {fields.Date.context_today(orders)})
