from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalOrder(PortalCommon):
    """Time limits and holds on the contractor's phone."""

    def setUp(self):
        super().setUp()
        self.order = self.contract.with_user(self.user_supervisor)._dispatch_order(
            {"name": "Door does not close", "outsourcing_priority": "p1"}
        )
        self.url = f"/my/outsourcing/orders/{self.order.id}"
        self.reason = self.env.ref("property_outsourcing.hold_reason_owner")

    def _ask(self, user=None, **data):
        values = {"reason_id": self.reason.id, "note": "Nobody at home", **data}
        return self._send(f"{self.url}/hold", values, user)

    def test_the_page_says_how_long_is_left(self):
        page = self._page(self.url, self.portal_contractor).text
        self.assertIn("Be there by", page)
        self.assertIn(" min left", page)

    def test_the_contractor_asks_for_a_hold_and_sees_the_answer(self):
        self._ask(self.portal_contractor)
        hold = self.order.outsourcing_hold_ids
        self.assertEqual((hold.state, hold.note), ("requested", "Nobody at home"))
        self.assertNotIn("I cannot go on", self._page(self.url).text)
        hold.with_user(self.user_supervisor).action_grant()
        self.env.flush_all()
        self.assertIn("the clock stands still", self._page(self.url).text)

    def test_a_hold_without_a_reason_is_refused(self):
        suspended = self.env.ref("property_outsourcing.hold_reason_suspended")
        self.assertNotIn(suspended.name, self._page(self.url, self.portal_contractor).text)
        for reason in ("", "abc", "999999", suspended.id):
            self.assertIn("Choose the reason", self._ask(self.portal_contractor, reason_id=reason).text)
        self.assertFalse(self.order.outsourcing_hold_ids)

    def test_others_do_not_ask(self):
        for user in (self.portal_competitor, self.portal_representative):
            self.assertEqual(self._ask(user).status_code, 404)
        self.assertFalse(self.order.outsourcing_hold_ids)

    def test_work_planned_for_later_is_not_to_do_today(self):
        planned = self.contract.with_user(self.user_supervisor)._dispatch_order(
            {
                "name": "Brake test of next month",
                "outsourcing_kind": "planned",
                "outsourcing_planned_start": fields.Datetime.now() + timedelta(days=30),
                "outsourcing_planned_finish": fields.Datetime.now() + timedelta(days=31),
            }
        )
        todo = self.env["project.task"].search(self.portal_contractor._get_open_order_domain())
        self.assertIn(self.order, todo)
        self.assertNotIn(planned, todo)
        self._log_in(self.portal_contractor)
        self.assertIn(planned.name, self._page("/my/outsourcing/orders?tab=planned").text)

    def test_an_order_past_its_limit_comes_first_and_red(self):
        self.assertNotIn("Late work orders", self._page("/my/outsourcing", self.portal_contractor).text)
        self._move_deadline(-6)
        cards = self._page("/my/outsourcing").text.partition("o_outsourcing_cards")[2]
        first = cards.partition("</a>")[0]
        self.assertIn("Late work orders", first)
        self.assertIn("o_outsourcing_card_late", first)

    def test_an_order_on_hold_is_not_late(self):
        self._move_deadline(-6, "paused")
        self.assertNotIn("Late work orders", self._page("/my/outsourcing", self.portal_contractor).text)

    def test_an_order_is_red_from_its_last_minute_on_and_does_not_wait_for_a_schedule(self):
        self._move_deadline(-0.1, "on_time")
        row = self._page("/my/outsourcing/orders", self.portal_contractor).text.partition(self.url)[2]
        self.assertIn("text-bg-danger", row.partition("</a>")[0])

    def _move_deadline(self, hours, state="breached"):
        moment = fields.Datetime.now() + timedelta(hours=hours)
        self.env.cr.execute(
            "UPDATE project_task SET outsourcing_next_deadline = %s, outsourcing_sla_state = %s "
            "WHERE id = %s",
            [moment, state, self.order.id],
        )
        self.env.invalidate_all()
