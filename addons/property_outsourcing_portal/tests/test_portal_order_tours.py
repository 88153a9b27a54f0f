from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalOrderTours(PortalCommon):
    """A contractor's people carry out a work order with a phone in the hand."""

    browser_size = "360x740"
    touch_enabled = True

    def test_an_order_from_the_call_to_the_report(self):
        order = self._create_order()
        login = self.portal_contractor.login
        self.start_tour("/my", "outsourcing_portal_order", login=login, timeout=180)
        self.env.invalidate_all()
        self.assertTrue(order.outsourcing_date_responded and order.outsourcing_date_arrived)
        self.assertTrue(order.outsourcing_date_completed)
        self.assertEqual(order.outsourcing_hold_ids.note, "Nobody opens")
        self.assertEqual(order.evidence_ids.phase, "after")
        self.assertFalse(order.is_closed)
