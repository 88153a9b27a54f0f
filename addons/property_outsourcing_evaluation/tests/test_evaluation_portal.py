from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .appeal_common import AppealProof
from .evaluation_common import EvaluationFactory

BASE = "/my/outsourcing/evaluations"


@tagged("post_install", "-at_install")
class TestEvaluationPortal(AppealProof, EvaluationFactory, PortalCommon):
    """The contractor reads why points are lost, opens the records and appeals; nobody else finds it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_quarter()
        cls.evaluation = cls._publish()

    def test_the_page_explains_every_point_lost(self):
        page = self._page(f"{BASE}/{self.evaluation.id}", user=self.portal_contractor)
        for text in (
            "8 / 10 = 80 %",
            "From 90 on: 100 points.",
            "Signs missing twice",
            "24",
            "Records behind it",
        ):
            self.assertIn(text, page.text)

    def test_a_figure_opens_its_records(self):
        line = self.evaluation.line_ids[0]
        page = self._page(f"{BASE}/{self.evaluation.id}/facts/{line.id}", user=self.portal_contractor)
        self.assertEqual(page.text.count("o_outsourcing_line"), 18)
        judged = self.evaluation.line_ids[1]
        page = self._page(f"{BASE}/{self.evaluation.id}/facts/{judged.id}", user=self.portal_contractor)
        self.assertEqual(page.status_code, 404)

    def test_an_appeal_is_lodged_on_the_phone(self):
        line = self.evaluation.line_ids[0]
        form = {"reason": "Power cut", f"line_{line.id}": "1"}
        page = self._send(f"{BASE}/{self.evaluation.id}/appeal", form, user=self.portal_contractor)
        self.assertIn("The appeal is lodged.", page.text)
        self.env.invalidate_all()
        self.assertEqual((self.evaluation.state, line.is_appealed), ("appealed", True))

    def test_photos_of_the_appeal_are_kept_for_both_sides(self):
        url, line = f"{BASE}/{self.evaluation.id}", self.evaluation.line_ids[0]
        form = {"reason": "Power cut", f"line_{line.id}": "1"}
        self._send(f"{url}/appeal", form, user=self.portal_contractor, files=[self.proof])
        self._assert_proof_is_kept(self.evaluation, url)

    def test_a_file_that_is_none_is_refused_and_no_appeal_lodged(self):
        line = self.evaluation.line_ids[0]
        form = {"reason": "Power cut", f"line_{line.id}": "1"}
        proof = ("files", ("proof.pdf", b"MZ no paper", "application/pdf"))
        url = f"{BASE}/{self.evaluation.id}/appeal"
        page = self._send(url, form, user=self.portal_contractor, files=[proof])
        self.assertIn("or its name says otherwise", page.text)
        self.env.invalidate_all()
        self.assertEqual(self.evaluation.state, "preview")

    def test_nothing_chosen_is_said_and_the_text_kept(self):
        form = {"reason": "Kept text"}
        page = self._send(f"{BASE}/{self.evaluation.id}/appeal", form, user=self.portal_contractor)
        self.assertIn("Choose the criteria you appeal against, and write why.", page.text)
        self.assertIn("Kept text", page.text)

    def test_strangers_find_nothing(self):
        line = self.evaluation.line_ids[0]
        for path in ("", f"/facts/{line.id}"):
            page = self._page(f"{BASE}/{self.evaluation.id}{path}", user=self.portal_competitor)
            self.assertEqual(page.status_code, 404)
        page = self._send(f"{BASE}/{self.evaluation.id}/appeal", {"reason": "x"}, user=self.portal_competitor)
        self.assertEqual(page.status_code, 404)

    def test_the_first_page_counts_what_is_open_to_appeal(self):
        page = self._page("/my/outsourcing", user=self.portal_contractor)
        self.assertIn("/my/outsourcing/evaluations", page.text)
