from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.property_outsourcing.models.dispatch.project_task_step import ProjectTask

from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderSteps(OrderCommon):
    """Whichever way an order takes a step, add-ons hear of it once."""

    def setUp(self):
        super().setUp()
        self.heard = []

        def hear(orders, step):
            self.heard.append((step, orders.ids))

        self.startPatcher(patch.object(ProjectTask, "_after_order_step", hear))

    def _get_steps(self, order):
        return [step for step, ids in self.heard if order.id in ids]

    def test_from_the_order_to_its_end(self):
        order = self._dispatch()
        self._report(order, "responded", START + timedelta(minutes=5))
        self._report(order, "completed", START + timedelta(hours=1))
        order.with_user(self.user_supervisor).action_outsourcing_done()
        self.assertEqual(self._get_steps(order), ["entered", "responded", "arrived", "completed", "done"])

    def test_a_report_taken_back_is_told_step_by_step_latest_first(self):
        order = self._dispatch()
        self._report(order, "responded", START)
        self._report(order, "completed", START + timedelta(minutes=1))
        self.heard.clear()
        with freeze_time(START + timedelta(minutes=2)):
            order.with_user(self.portal_contractor)._portal_take_back()
        self.assertEqual(self._get_steps(order), ["completed_undone", "arrived_undone"])

    def test_the_board_closes_as_the_button_does(self):
        order = self._dispatch()
        self._report(order, "completed", START)
        order.with_user(self.user_supervisor).stage_id = self.env.ref("property_outsourcing.order_stage_done")
        self.assertEqual(self._get_steps(order)[-1], "done")

    def test_hold_and_resumption(self):
        order = self._dispatch()
        order.with_user(self.portal_contractor)._portal_request_hold(self.reason)
        order.with_user(self.user_supervisor).outsourcing_hold_ids.action_grant()
        self._resume(order, START + timedelta(hours=1))
        self.assertEqual(self._get_steps(order), ["entered", "hold_requested", "held", "resumed"])

    def test_closed_orders_are_told_together_and_reopened(self):
        orders = self._dispatch() | self._dispatch()
        orders.with_user(self.user_supervisor)._close_orders("Nobody needs it", "1_canceled")
        self.assertIn(("cancelled", orders.ids), self.heard)
        orders.with_user(self.user_supervisor)._reopen_orders("Still broken")
        self.assertIn(("reopened", orders.ids), self.heard)

    def test_what_was_reported_is_not_told_again(self):
        order = self._dispatch()
        self._report(order, "responded", START)
        self.heard.clear()
        order.with_user(self.user_supervisor).write({"name": "Door jams", "outsourcing_performer_id": False})
        self.assertFalse(self.heard)

    def test_an_add_on_has_no_key_to_what_clients_do_not_write(self):
        def forge(orders, step):
            if step == "responded":
                orders.sudo(False).write({"outsourcing_date_completed": START})

        order = self._dispatch()
        with (
            patch.object(ProjectTask, "_after_order_step", forge),
            self.assertRaisesRegex(UserError, "reported through|is reported by the contractor"),
        ):
            order.with_user(self.user_supervisor)._gated().write({"outsourcing_date_responded": START})
