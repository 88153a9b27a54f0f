from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .repairs_common import RepairsCommon

STATES = ("estimate", "reported", "checked", "accepted", "rolled_up")


@tagged("post_install", "-at_install")
class TestRepairsGuards(RepairsCommon):
    """Nobody writes what the steps of a measured order write."""

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

    def test_other_users_of_odoo_project_are_not_disturbed(self):
        user = new_test_user(self.env, "plain_project", groups="project.group_project_user", email=False)
        project = self.env["project.project"].sudo()
        project = project.create({"name": "Own", "privacy_visibility": "employees"})
        task = self.env["project.task"].with_user(user).create({"name": "Own", "project_id": project.id})
        self.assertEqual(task.read()[0]["name"], "Own")
        with Form(task) as form:
            form.name = "Changed"
        self.assertEqual((task.name, task.copy().name), ("Changed", "Changed (copy)"))
