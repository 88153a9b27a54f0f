from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.workflow.gate import open_gate
from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderSubject(OrderCommon):
    """Whose an order is, it is from the start; what it is about, once the work is reported."""

    def _assert_kept(self, order, vals, sentence):
        with self.assertRaisesRegex(UserError, sentence):
            order.with_user(self.user_supervisor).write(vals)

    def test_whose_an_order_is_follows_from_its_contract(self):
        order = self._dispatch()
        kept = "Door does not close keeps what it was ordered for"
        self._assert_kept(order, {"company_id": False}, f"{kept}: Company")
        self._assert_kept(order, {"partner_id": self.competitor.id}, f"{kept}: Customer")

    def test_a_wrong_elevator_is_corrected_until_the_work_is_reported(self):
        order = self._dispatch()
        self._report(order, "arrived", START + timedelta(minutes=20))
        other = self.elevator.copy({"outsourcing_barcode": False})
        order.with_user(self.user_supervisor).outsourcing_equipment_id = other
        self._report(order, "completed", START + timedelta(hours=1))
        for vals, label in (
            ({"outsourcing_equipment_id": self.elevator.id}, "Equipment"),
            ({"name": "Nothing was asked"}, "Title"),
            ({"description": "Nothing was asked"}, "Description"),
        ):
            self._assert_kept(order, vals, f"keeps what it was ordered for: {label}")
        order.with_user(self.user_supervisor).write({"name": order.name, "priority": "1"})

    def test_an_answered_order_is_not_new_again_to_be_moved(self):
        order = self._dispatch()
        self._report(order, "responded", START + timedelta(minutes=5))
        new = self.env.ref("property_outsourcing.order_stage_new")
        for stage in (new.id, False):
            self._assert_kept(
                order, {"stage_id": stage}, "is under way: it keeps a stage, and is not new again"
            )
        open_gate(order).stage_id = new
        self._assert_kept(
            order, {"outsourcing_community_id": self.other_community.id}, "stays in its community"
        )
