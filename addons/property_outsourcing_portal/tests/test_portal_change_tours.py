from datetime import timedelta

from odoo.tests import tagged

from .change_common import PortalChangeCommon


@tagged("post_install", "-at_install")
class TestPortalChangeTours(PortalChangeCommon):
    """On a phone, the contractor records a variation the day it happens and signs an amendment."""

    browser_size = "360x740"
    touch_enabled = True

    def _tour(self, url, name):
        self.start_tour(url, name, login=self.portal_contractor.login, timeout=180)
        self.env.invalidate_all()

    def test_contractor_enters_a_variation_with_photo_and_quantity(self):
        self._tour("/my/outsourcing/variations", "outsourcing_portal_variation")
        variation = self.env["outsourcing.variation"].search([("contract_id", "=", self.works.id)])
        self.assertEqual((variation.state, variation.amount_total), ("submitted", 6480.0))
        self.assertEqual(variation.line_ids.quantity, 36.0)
        self.assertEqual(variation.evidence_ids.media_type, "photo")
        self.assertTrue(variation.signature)
        self.assertFalse(variation.is_late)
        self.assertEqual(variation.date_answer_due, self.today + timedelta(days=7))

    def test_contractor_signs_an_amendment_and_the_order_follows(self):
        end = self.works.date_end + timedelta(days=31)
        amendment = self._approve_amendment(
            self.works,
            {"kind": "row_new", "name": "Extra", "amount": 6480.0},
            {"kind": "end_date", "date": end},
            date_effective=self.today,
        )
        self._tour("/my/outsourcing", "outsourcing_portal_amendment")
        self.assertEqual((amendment.state, self.works.date_end), ("active", end))
        self.assertTrue(amendment.signature)
        self._assert_in_step(self.works, 206480.0)


@tagged("post_install", "-at_install")
class TestPortalChangeToursDesktop(TestPortalChangeTours):
    """The same jobs at a desk."""

    allow_inherited_tests_method = True
    browser_size = "1440x900"
    touch_enabled = False
