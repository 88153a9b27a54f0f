from odoo.tests import tagged

from .common import SIGNATURE, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalTours(PortalCommon):
    """The pages with their scripts, on a phone."""

    browser_size = "360x740"
    touch_enabled = True

    def _tour(self, url, name, user):
        self.start_tour(url, name, login=user.login, timeout=180)
        self.env.invalidate_all()

    def test_contractor_fills_in_an_inspection(self):
        inspection = self._create_inspection()
        self._tour("/my/outsourcing", "outsourcing_portal_contractor", self.portal_contractor)
        self.assertEqual(inspection.state, "done")
        self.assertEqual(inspection.failed_count, 1)
        self.assertTrue(inspection.line_ids.evidence_ids)

    def test_contractor_rectifies_a_defect(self):
        defect = self._create_defect()
        self._tour("/my/outsourcing", "outsourcing_portal_defect", self.portal_contractor)
        self.assertEqual(defect.state, "rectified")

    def test_contractor_appeals(self):
        adjustment = self._create_adjustment()
        self._tour("/my/outsourcing", "outsourcing_portal_appeal", self.portal_contractor)
        self.assertEqual(adjustment.state, "appealed")

    def test_contractor_signs_the_contract(self):
        person = {"person_id": self.performer.id, "role": "manager", "may_sign": True}
        self.env["outsourcing.contract.person"]._gated().create({"contract_id": self.contract.id, **person})
        url = f"/my/outsourcing/contracts/{self.contract.id}"
        self._tour(url, "outsourcing_portal_contract", self.portal_contractor)
        self.assertEqual(self.contract.contractor_signer_id, self.performer)

    def test_witness_signs(self):
        acceptance = self._create_acceptance()
        data = {"signature": SIGNATURE, "signer_name": "Chen"}
        acceptance.with_user(self.portal_contractor)._portal_sign("pass", **data)
        self._tour("/my/outsourcing", "outsourcing_portal_witness", self.portal_representative)
        stage = acceptance.current_stage_ids.filtered(lambda stage: stage.level == "witness")
        self.assertEqual(stage.result, "pass")
        self.assertTrue(stage.signature)

    def test_third_party_signs(self):
        acceptance = self._create_acceptance()
        data = {"signature": SIGNATURE, "signer_name": "Chen"}
        acceptance.with_user(self.portal_contractor)._portal_sign("pass", **data)
        acceptance.with_user(self.user_supervisor)._portal_sign("pass")
        self._tour("/my/outsourcing", "outsourcing_portal_witness", self.portal_third_party)
        stage = acceptance.current_stage_ids.filtered(lambda stage: stage.level == "third_party_check")
        self.assertEqual(stage.result, "pass")


@tagged("post_install", "-at_install")
class TestPortalToursDesktop(TestPortalTours):
    """The same jobs at a desk."""

    allow_inherited_tests_method = True
    browser_size = "1440x900"
    touch_enabled = False
