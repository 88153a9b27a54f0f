from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .appeal_common import AppealProof
from .card_common import CardFactory
from .evaluation_common import EvaluationFactory

BASE = "/my/outsourcing/cards"


@tagged("post_install", "-at_install")
class TestCardPortal(AppealProof, CardFactory, EvaluationFactory, PortalCommon):
    """The contractor reads the grounds, hands in its plan and appeals on the phone; nobody else finds it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._issue()

    def test_the_page_says_why_and_what_follows(self):
        page = self._page(f"{BASE}/{self.card.id}", user=self.portal_contractor)
        for text in (
            self.card.name,
            "Acceptance level failed",
            "You may appeal in writing",
            "Hand in the plan",
        ):
            self.assertIn(text, page.text)
        self.assertIn(self.card.name, self._page(BASE, user=self.portal_contractor).text)

    def test_a_plan_is_handed_in_on_the_phone(self):
        page = self._send(
            f"{BASE}/{self.card.id}/plan", {"plan": "Wang, until Friday"}, user=self.portal_contractor
        )
        self.assertIn("The plan is handed in.", page.text)
        self.env.invalidate_all()
        self.assertEqual(self.card.plan, "Wang, until Friday")

    def test_an_appeal_is_lodged_on_the_phone(self):
        page = self._send(
            f"{BASE}/{self.card.id}/appeal", {"reason": "Power cut"}, user=self.portal_contractor
        )
        self.assertIn("The appeal is lodged.", page.text)
        self.env.invalidate_all()
        self.assertEqual(self.card.state, "appealed")

    def test_photos_of_the_appeal_are_kept_for_both_sides(self):
        url = f"{BASE}/{self.card.id}"
        self.assertIn('type="file"', self._page(url, user=self.portal_contractor).text)
        page = self._send(f"{url}/appeal", {"reason": "Power cut"}, files=[self.proof])
        self.assertIn("The appeal is lodged.", page.text)
        self._assert_proof_is_kept(self.card, url)

    def test_a_file_that_is_none_is_refused_and_no_appeal_lodged(self):
        proof = ("files", ("proof.pdf", b"MZ no paper", "application/pdf"))
        form = {"reason": "Power cut"}
        url = f"{BASE}/{self.card.id}/appeal"
        page = self._send(url, form, user=self.portal_contractor, files=[proof])
        self.assertIn("proof.pdf is not a PDF", page.text)
        self.env.invalidate_all()
        self.assertEqual(self.card.state, "issued")

    def test_strangers_find_nothing(self):
        for path in ("", "/plan", "/appeal"):
            call = self._send if path else lambda url, _form, user: self._page(url, user=user)
            page = call(
                f"{BASE}/{self.card.id}{path}", {"plan": "x", "reason": "x"}, user=self.portal_competitor
            )
            self.assertEqual(page.status_code, 404)

    def test_the_first_page_leads_to_it(self):
        self.assertIn(BASE, self._page("/my/outsourcing", user=self.portal_contractor).text)
