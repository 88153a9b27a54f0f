from odoo.tests import tagged

from .test_past_performance import PastPerformanceCommon


@tagged("post_install", "-at_install")
class TestGradeOfService(PastPerformanceCommon):
    """A failed grade keeps a firm from tenders of its service, not from those of others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.failed = cls.env["outsourcing.grade"].search([("blocks_award", "=", True)], limit=1)
        cls.service_cleaning = cls.env.ref("property_outsourcing.service_type_cleaning")

    def _fail(self, service):
        evaluation = self._evaluate(self.contractor, 10.0, service_type_id=service.id)
        evaluation._gated().grade_id = self.failed
        self.env.flush_all()
        self.env.invalidate_all()

    def _get_blockers(self, tender):
        firm = self.contractor.with_user(self.portal_contractor)
        return [str(sentence) for sentence in firm._get_tender_blockers(tender) if "grade" in sentence]

    def test_a_failed_grade_bars_tenders_of_its_service_alone(self):
        tender = self._publish(self._create_tender())
        self._fail(self.service_cleaning)
        self.assertFalse(self._get_blockers(tender))
        self._submit_bids(tender)
        self._fail(self.service_elevator)
        self.assertIn("no new work of this kind", self._get_blockers(tender)[0])

    def test_a_winner_is_asked_about_the_service_of_the_tender_alone(self):
        tender = self._create_opened()
        self._fail(self.service_cleaning)
        self._award(tender)
        self.assertEqual(tender.lot_ids.contractor_id, self.contractor)

    def test_a_winner_whose_grade_failed_in_the_service_gets_no_award(self):
        tender = self._create_opened()
        self._fail(self.service_elevator)
        tender.action_evaluate()
        with self.assertRefused("no new work of this kind"):
            tender.action_award()
