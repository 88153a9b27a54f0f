from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .documents_common import ManyContractsCommon, Step


@tagged("post_install", "-at_install")
class TestManyOrders(ManyContractsCommon):
    """Work orders of thirty contracts take each step for the price of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("property_outsourcing.hold_reason_owner")
        cls.orders = cls.env["project.task"].create(
            [
                {"name": "Door stuck", "outsourcing_contract_id": contract.id, "outsourcing_priority": "p1"}
                for contract in cls.contracts
            ]
        )

    def test_orders_are_held_and_resumed_for_the_price_of_one(self):
        self._take_steps(
            self.orders,
            Step("project.task.action_outsourcing_hold", self.user_supervisor),
            Step("project.task._hold", self.user_supervisor, (self.reason, "Owner away")),
            Step("project.task.action_outsourcing_resume", self.user_supervisor),
        )
        self.assertEqual(set(self.orders.outsourcing_hold_ids.mapped("state")), {"ended"})

    def test_holds_are_answered_for_the_price_of_one(self):
        steps = {
            "grant": Step("outsourcing.order.hold.action_grant", self.user_supervisor),
            "refuse": Step("outsourcing.order.hold.action_refuse", self.user_supervisor),
            "no answer": Step("outsourcing.order.hold._process_unanswered"),
        }
        for name, step in steps.items():
            orders = self.orders.create(
                [
                    {"name": name, "outsourcing_contract_id": contract.id, "outsourcing_priority": "p1"}
                    for contract in self.contracts
                ]
            )
            holds = orders.sudo()._create_holds(self.reason, "Owner away", "requested")
            holds.write({"date_from": fields.Datetime.now() - timedelta(hours=1)})
            orders._apply_holds()
            self._take_steps(holds.with_env(self.env), step)
            self.assertNotIn("requested", holds.mapped("state"))

    def test_orders_are_closed_and_reopened_for_the_price_of_one(self):
        core = self.CLOSING
        self._take_steps(
            self.orders,
            Step("project.task.action_print_order", self.user_supervisor),
            Step("project.task.action_outsourcing_close", self.user_supervisor),
            Step("project.task.action_outsourcing_reopen", self.user_supervisor),
            Step("project.task.action_outsourcing_cancel", self.user_supervisor),
            Step("project.task._close_orders", self.user_supervisor, ("Mended by the owner",), core),
            Step("project.task._reopen_orders", self.user_supervisor, ("Stuck again",)),
            Step("project.task._close_orders", self.user_supervisor, ("Wrong house", "1_canceled"), core),
        )

    def test_reported_orders_are_closed_for_the_price_of_one(self):
        self.orders._gated().write({"outsourcing_date_completed": fields.Datetime.now()})
        core = self.CLOSING
        self._take_steps(
            self.orders, Step("project.task.action_outsourcing_done", self.user_supervisor, core=core)
        )
        self.assertEqual(set(self.orders.mapped("state")), {"1_done"})

    def test_clocks_and_forecasts_follow_for_the_price_of_one(self):
        now = fields.Datetime.now()
        planned = {"outsourcing_planned_start": now, "outsourcing_planned_finish": now + timedelta(days=1)}
        self.orders._gated().write(planned)
        with freeze_time(now + timedelta(days=3)):
            self._take_steps(
                self.orders, Step("project.task._process_clock"), Step("project.task._process_schedule")
            )
        self.assertTrue(all(order.outsourcing_delay_days for order in self.orders))
        self.assertTrue(all(order.outsourcing_missed_limits for order in self.orders))
