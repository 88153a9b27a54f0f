from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .evidence_common import make_photo
from .order_common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderDone(OrderCommon):
    """Who reports work done tells what the kind of order asks for."""

    def setUp(self):
        super().setUp()
        self.order = self._dispatch()
        self.duty = self.env["outsourcing.order.duty"].search([("kind", "=", "corrective")])

    def _done(self, order=None, user=None, **details):
        order = (order or self.order).with_user(user or self.portal_contractor)
        order._portal_report_done(details, self.performer)

    def test_all_that_is_missing_is_said_at_once(self):
        self.duty.write({"cause": "required", "parts": "required", "photo": "required"})
        with self.assertRaisesRegex(UserError, "Cause Found.+What was Done.+Parts and Material.+Photo of"):
            self._done(outsourcing_cause="  ")
        self.assertFalse(self.order.outsourcing_date_completed)

    def test_what_was_told_stays_on_the_order(self):
        self._done(outsourcing_cause="Worn", outsourcing_remedy=" Roller replaced ")
        self.assertEqual(self.order.outsourcing_remedy, "Roller replaced")
        self.assertTrue(self.order.outsourcing_date_completed)
        with self.assertRaisesRegex(UserError, "written by the system alone"):
            self.order.with_user(self.user_supervisor).outsourcing_remedy = "Nothing"

    def test_a_photo_taken_before_is_no_photo_of_the_result(self):
        self.duty.photo = "required"
        for phase in ("before", "after"):
            with self.assertRaisesRegex(UserError, "missing: Photo of the Result"):
                self._done(outsourcing_remedy="Cleaned")
            photo = make_photo(color={"before": "red", "after": "green"}[phase])
            self.order.with_user(self.portal_contractor)._add_evidence([("x.jpg", photo)], phase=phase)
        self._done(outsourcing_remedy="Cleaned")
        self.assertTrue(self.order.outsourcing_date_completed)

    def test_a_kind_without_demands_asks_for_nothing(self):
        self.duty.with_user(self.user_admin).unlink()
        self._done()
        self.assertTrue(self.order.outsourcing_date_completed)

    def test_only_the_firm_reports(self):
        with self.assertRaisesRegex(AccessError, "Only the contractor"):
            self._done(user=self.portal_competitor, outsourcing_remedy="Cleaned")
        self.assertFalse(self.order.outsourcing_remedy)
