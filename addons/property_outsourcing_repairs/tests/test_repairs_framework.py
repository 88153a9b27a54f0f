from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .repairs_common import RepairsCommon


@tagged("post_install", "-at_install")
class TestRepairsFramework(RepairsCommon):
    """Unit-price list and not-to-exceed amount of a framework."""

    def test_a_framework_is_activated_without_payment_rows(self):
        order = self.framework.purchase_order_id
        self.assertEqual((self.framework.kind, self.framework.state), ("repairs", "active"))
        self.assertEqual((order.state, len(order.order_line)), ("purchase", 0))
        self.assertFalse(self.framework.milestone_ids)

    def test_what_is_missing_is_named_before_submission(self):
        cases = (
            ({"amount_total": 0.0}, "not-to-exceed"),
            ({"item_ids": False}, "unit-price list"),
            ({"item_ids": [Command.create({"name": "Free of charge"})]}, "Free of charge have no unit price"),
            ({"milestone_ids": [Command.create({"name": "By hand", "amount": 10000.0})]}, "roll-up"),
        )
        for vals, message in cases:
            draft = self._create_framework_draft(**vals)
            with self.assertRaisesRegex(UserError, message):
                draft.with_user(self.user_manager).action_submit()
        with self.assertRaisesRegex(UserError, "no periods"):
            self._create_framework_draft(period_amount=1.0).action_generate_periods()

    def test_price_is_a_snapshot_of_the_list_to_the_cent(self):
        order = self._call_off(self.framework, {"ZM-01": 3.33, "GS-01": 1})
        line = order.outsourcing_order_line_ids[0]
        self.assertEqual((line.price_unit, line.amount_planned), (68.35, 227.61))
        self.assertEqual(order.outsourcing_order_amount, 322.81)
        self._item(self.framework, "ZM-01")._gated().price_unit = 99.0
        self.env.flush_all()
        self.assertEqual((line.price_unit, order.outsourcing_order_amount), (68.35, 322.81))
        self.assertEqual(self.framework.amount_called_off, 322.81)

    def test_nobody_types_a_price(self):
        order = self._call_off(self.framework, {"MB-01": 1}).with_user(self.user_supervisor)
        line = order.outsourcing_order_line_ids
        with self.assertRefused("its quantities and prices are not changed like this."):
            line.write({"price_unit": 1000.0})
        lines = self.env["outsourcing.order.line"].with_user(self.user_supervisor)
        vals = {"task_id": order.id, "item_id": self.door.id, "quantity_planned": 1}
        typed = lines.create({**vals, "price_unit": 999.0, "amount_planned": 999.0})
        typed |= lines.with_context(default_price_unit=999.0).create(vals)
        self.assertEqual(typed.mapped("amount_planned"), [185.0, 185.0])

    def test_items_outside_the_list_are_refused(self):
        other = self._create_framework_draft()
        order = self._call_off(self.framework, {"MB-01": 1})
        lines = self.env["outsourcing.order.line"].with_user(self.user_supervisor)
        with self.assertRaisesRegex(ValidationError, "amendment"):
            lines.create({"task_id": order.id, "item_id": self._item(other, "MB-01").id})
        service = self._create_active_contract()
        plain = service.with_user(self.user_supervisor)._dispatch_order({"name": "Noise"})
        self.assertFalse(plain.outsourcing_measure_state)
        with self.assertRaisesRegex(ValidationError, "priced by quantity"):
            lines.create({"task_id": plain.id, "item_id": self.door.id})

    def test_a_call_off_above_the_ceiling_is_refused_and_nothing_stays(self):
        self._call_off(self.framework, {"MB-01": 50})
        message = r"\$11,100.00 would be called off, but the not-to-exceed amount is \$10,000.00"
        with self.assertRaisesRegex(ValidationError, message), self.env.cr.savepoint():
            self._call_off(self.framework, {"MB-01": 10})
        self.env.invalidate_all()
        self.assertEqual(self.framework.amount_called_off, 9250.0)
        self.assertEqual(len(self.framework.task_ids.filtered("outsourcing_measure_state")), 1)

    def test_a_higher_estimate_or_report_cannot_pass_the_ceiling(self):
        order = self._call_off(self.framework, {"MB-01": 50})
        line = order.outsourcing_order_line_ids
        with self.assertRaisesRegex(ValidationError, "not-to-exceed"), self.env.cr.savepoint():
            line.with_user(self.user_supervisor).quantity_planned = 60
        self._add_photo(order)
        with self.assertRaisesRegex(ValidationError, "not-to-exceed"), self.env.cr.savepoint():
            self._report(order, {"MB-01": 60})
        self.assertEqual((order.outsourcing_measure_state, line.quantity_planned), ("estimate", 50))

    def test_a_cancelled_order_gives_its_estimate_back_and_takes_it_again(self):
        order = self._call_off(self.framework, {"MB-01": 50}).with_user(self.user_supervisor)
        order._close_orders("Not needed any more", state="1_canceled")
        self.assertEqual(self.framework.amount_called_off, 0.0)
        self._call_off(self.framework, {"MB-01": 20})
        with self.assertRaisesRegex(ValidationError, "not-to-exceed"), self.env.cr.savepoint():
            order._reopen_orders("Needed after all")
            self.env.flush_all()

    def test_archived_orders_still_count(self):
        order = self._perform(self.framework, {"MB-01": 10})
        order.with_user(self.user_manager).action_archive()
        self.assertEqual(self.framework.amount_called_off, 1850.0)

    def test_nobody_writes_the_sum_called_off(self):
        framework = self.framework.with_user(self.user_manager)
        for vals in ({"amount_called_off": 0.0}, {"date_cap_warned": "2026-01-01"}):
            with self.assertRaises(UserError):  # each for a reason of its own
                framework.write(vals)

    def _get_warnings(self):
        return self.framework.activity_ids.filtered(lambda activity: "called off" in activity.summary)

    def test_project_manager_is_warned_once(self):
        self._call_off(self.framework, {"MB-01": 43})  # 79.55 %
        self.assertFalse(self._get_warnings())
        self._call_off(self.framework, {"MB-01": 1})  # 81.40 %
        self._call_off(self.framework, {"MB-01": 1})
        self.assertEqual(self._get_warnings().user_id, self.user_manager)
        self.assertEqual(len(self._get_warnings()), 1)
        self.assertEqual(self.framework.date_cap_warned, fields.Date.context_today(self.framework))

    def test_every_call_off_writes_the_row_of_its_contract(self):
        """Two at once update the same row: the second is refused by the database and run again by Odoo."""
        statements = []
        execute = self.env.cr.execute

        def spy(query, *args, **kwargs):
            statements.append(query.code if isinstance(query, SQL) else query)
            return execute(query, *args, **kwargs)

        self.patch(self.env.cr, "execute", spy)
        self._call_off(self.framework, {"MB-01": 1})
        updates = [code for code in statements if 'UPDATE "outsourcing_contract"' in code]
        self.assertTrue(any("amount_called_off" in code for code in updates))

    def test_progress_is_measured_by_the_ceiling(self):
        self._perform(self.framework, {"MB-01": 10}, day=self.MONTH)
        self.framework.with_user(self.user_manager2).sudo()._create_rollups(self.MONTH)
        self.assertEqual(self.framework.called_off_progress, 18)
        self.assertEqual(self.framework.accepted_progress, 18)
        self.assertEqual(self.framework.amount_callable, 8150.0)

    def test_a_copy_takes_the_price_list_but_no_rows(self):
        self._perform(self.framework, {"MB-01": 10}, day=self.MONTH)
        self.framework._create_rollups(self.MONTH)
        twin = self.framework.copy()
        self.assertEqual(twin.item_ids.mapped("price_unit"), self.framework.item_ids.mapped("price_unit"))
        self.assertFalse(twin.milestone_ids or any(twin.item_ids.mapped("quantity_measured")))
        self.assertEqual((twin.amount_called_off, twin.amount_total), (0.0, 10000.0))

    def test_forms_work_for_their_users(self):
        draft = self._create_framework_draft().with_user(self.user_manager)
        with Form(draft) as form:
            form.amount_total = 5000.0
            with form.item_ids.new() as item:
                item.name = "Lock"
                item.price_unit = 320.0
        order = self._call_off(self.framework, {"MB-01": 1}).with_user(self.user_supervisor)
        with Form(order, "project.view_task_form2") as form, form.outsourcing_order_line_ids.new() as line:
            line.item_id = self._item(self.framework, "GS-01")
            line.quantity_planned = 2
        self.assertEqual(order.outsourcing_order_amount, 375.4)

    def test_outsiders_reach_nothing(self):
        order = self._call_off(self.framework, {"MB-01": 1})
        lines = self.env["outsourcing.order.line"]
        self.assertFalse(lines.with_user(self.user_outsider).search([]))
        for user in (self.portal_contractor, self.portal_competitor, self.portal_representative):
            with self.assertRaisesRegex(AccessError, "not allowed to access 'Work Order Quantity'"):
                lines.with_user(user).search([])
        for user in (self.portal_competitor, self.portal_representative, self.user_outsider):
            with self.assertRaises(AccessError):  # core's own
                order.outsourcing_order_line_ids.with_user(user).read(["amount"])
        self.assertTrue(lines.with_user(self.user_finance).search([]))

    def test_deadlines_of_an_order_do_not_depend_on_quantities(self):
        order = self._call_off(self.framework, {}, date_deadline=fields.Datetime.now() + timedelta(days=1))
        self.assertEqual((order.outsourcing_measure_state, order.outsourcing_order_amount), ("estimate", 0.0))
