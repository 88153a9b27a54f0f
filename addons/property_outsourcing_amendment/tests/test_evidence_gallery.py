from lxml import etree

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_photo

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
class TestEvidenceGallery(AmendmentCommon, HttpCase):
    """Photos are added where they are looked at; what is refused is named, the rest is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.works = cls._create_works_contract()
        cls.variation = cls._draft_variation(cls.works, {"name": "Crane", "quantity": 1.0}, photo=False)

    def _post(self, user, *files, model="outsourcing.variation", phase="before"):
        self.authenticate(user.login, user.login)
        return self.url_open(
            f"/outsourcing/evidence/{model}/{self.variation.id}",
            data={"phase": phase, "csrf_token": Request.csrf_token(self)},
            files=[("file", file) for file in files],
        )

    def test_photo_is_kept_with_phase_and_author(self):
        answer = self._post(self.user_supervisor, ("place.jpg", make_photo())).json()
        [row] = self.variation.evidence_ids
        self.assertEqual([kept["id"] for kept in answer["rows"]], row.ids)
        self.assertEqual((row.phase, row.author_id, row.name), ("before", self.user_supervisor, "place.jpg"))
        self.assertTrue(answer["rows"][0]["has_thumbnail"])

    def test_refusals_are_sentences_and_keep_nothing(self):
        text = self._post(self.user_supervisor, ("bad.jpg", b"no picture")).json()
        self.assertIn("bad.jpg is neither a photo", text["error"])
        self.assertIn("Choose at least one file", self._post(self.user_supervisor).json()["error"])
        wrong = self._post(self.user_supervisor, ("a.jpg", make_photo()), model="res.partner").json()
        self.assertIn("Files cannot be added to this document", wrong["error"])
        phase = self._post(self.user_supervisor, ("a.jpg", make_photo()), phase="never").json()
        self.assertIn("before, during or after", phase["error"])
        self.assertFalse(self.variation.evidence_ids)

    def test_strangers_and_the_portal_add_nothing(self):
        for user in (self.user_outsider, self.portal_competitor):
            answer = self._post(user, ("a.jpg", make_photo()))
            self.assertEqual(answer.status_code, 404)
            self.assertIn("not there, or not one you may read", answer.json()["error"], user.login)
        answer = self._post(self.portal_contractor, ("a.jpg", make_photo()))
        self.assertTrue(answer.json()["error"])
        self.assertFalse(self.variation.evidence_ids)

    def test_button_shows_to_who_may_add_while_it_may_be_added(self):
        self.assertTrue(self.variation.with_user(self.user_supervisor).may_add_evidence)
        submitted = self._submit_variation(self.works, {"name": "Crane", "quantity": 1.0, "price_unit": 9.0})
        self.assertFalse(submitted.with_user(self.user_supervisor).may_add_evidence)

    def test_gallery_in_the_browser(self):
        url = f"/odoo/outsourcing.variation/{self.variation.id}"
        self.start_tour(url, "outsourcing_gallery", login=self.user_supervisor.login, timeout=120)
        self.env.invalidate_all()
        names = set(self.variation.evidence_ids.mapped("name"))
        self.assertEqual(names, {"one.jpg", "two.jpg", "three.jpg"})


@tagged("post_install", "-at_install")
class TestBadgesCarryWords(AmendmentCommon):
    def test_badges_and_signs_of_cards_say_what_they_mean(self):
        views = self.env["ir.ui.view"].search(
            [("type", "=", "kanban"), ("mode", "=", "primary"), ("model", "=like", "outsourcing.%")]
        )
        self.assertTrue(views)
        for view in views:
            arch = etree.fromstring(view.get_combined_arch())
            for sign in arch.xpath("//t[@t-name='card']//i[contains(@class, 'fa ')]"):
                self.assertTrue(sign.get("title") or sign.get("aria-label"), f"{view.name}: {sign.attrib}")
            for badge in arch.xpath("//t[@t-name='card']//span[contains(@class, 'badge')]"):
                numbers = [
                    field
                    for field in badge.xpath(".//field")
                    if self.env[view.model]._fields[field.get("name")].type in ("integer", "float")
                ]
                words = "".join(badge.itertext()).strip()
                self.assertTrue(words or not numbers, f"{view.name}: {etree.tostring(badge)}")
