from unittest.mock import patch

from odoo.http import Controller
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers.defect import OutsourcingDefectPages
from ..controllers.mixin import OutsourcingPortalMixin
from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalSections(PortalCommon):
    """Sections are known by one hook, and an add-on that brings half of what a page needs is told so."""

    def test_every_page_of_documents_is_a_section(self):
        sections = self.portal_contractor._get_outsourcing_sections()
        pages = Controller.children_classes["property_outsourcing_portal"]
        documents = [page for page in pages if issubclass(page, OutsourcingPortalMixin) and page._model]
        shown = {page._section: page._model for page in documents}
        self.assertEqual(shown, {key: model for key, model in sections.items() if key in shown})
        self.assertGreater(len(shown), 14)

    def test_scores_and_acceptances_of_one_model_lead_to_their_own_pages(self):
        user = self.portal_contractor
        score, acceptance = self._create_score(), self._create_acceptance()
        self.assertEqual(user._get_outsourcing_url(score), f"/my/outsourcing/scores/{score.id}")
        self.assertEqual(
            user._get_outsourcing_url(acceptance), f"/my/outsourcing/acceptances/{acceptance.id}"
        )
        self.assertFalse(user._get_outsourcing_url(self.contractor))
        self.assertFalse(user._get_outsourcing_url(self.env["project.task"].create({"name": "Private"})))

    def test_photos_are_taken_by_sections_of_evidence_alone(self):
        deliverable = self._create_deliverable()
        url = f"/my/outsourcing/deliverables/{deliverable.id}/evidence"
        self.assertEqual(self._upload(url, [self._photo()], user=self.portal_contractor).status_code, 404)

    # ---- what a developer forgot ------------------------------------------------------------------------

    @mute_logger("odoo.http")
    def _assert_told(self, page, *sentences):
        response = self._page(page, self.portal_contractor)
        self.assertEqual(response.status_code, 422)
        for sentence in sentences:
            self.assertIn(sentence, response.text)

    def test_a_row_without_its_title_is_told_in_one_sentence(self):
        self._create_defect()
        row = {"url": "/my/outsourcing/defects", "titel": "Light", "amount": 5}
        with patch.object(OutsourcingDefectPages, "_prepare_row", lambda page, record: row):
            self._assert_told("/my/outsourcing/defects", "_prepare_row", "missing: title, unknown: titel.")
            row.update(title=row.pop("titel"))
            self._assert_told("/my/outsourcing/defects", "missing: currency, unknown: –.")

    def test_the_two_required_keys_make_a_row(self):
        self._create_defect()
        row = {"url": "/my/outsourcing/defects", "title": "Light of the car"}
        with patch.object(OutsourcingDefectPages, "_prepare_row", lambda page, record: row):
            self.assertIn(
                "Light of the car", self._page("/my/outsourcing/defects", self.portal_contractor).text
            )

    def test_a_template_that_does_not_exist_is_told(self):
        defect = self._create_defect()
        with patch.object(OutsourcingDefectPages, "_detail_template", "property_outsourcing_portal.nowhere"):
            told = "names a template that does not exist: property_outsourcing_portal.nowhere."
            self._assert_told(f"/my/outsourcing/defects/{defect.id}", told)

    def test_a_section_without_its_model_is_told(self):
        with patch.object(OutsourcingDefectPages, "_section", "faults"):
            told = "shows outsourcing.defect in the section faults: "
            self._assert_told("/my/outsourcing/defects", told)

    def test_a_card_and_an_entry_of_the_bar_that_lack_a_key_are_told(self):
        users = self.registry["res.users"]
        with patch.object(users, "_get_outsourcing_cards", lambda user, roles: [{"key": "keys"}]):
            self._assert_told("/my/outsourcing", "_get_outsourcing_cards", "missing: icon, label, url")
        with patch.object(
            users, "_get_outsourcing_nav", lambda user, roles: [("keys", "/", "fa-key", "Keys")]
        ):
            self._assert_told("/my/outsourcing", "_get_outsourcing_nav")
