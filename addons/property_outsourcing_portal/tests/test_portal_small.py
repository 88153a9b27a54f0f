import json
from datetime import timedelta
from hashlib import sha256

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.evidence.gate import open_evidence

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalSmall(PortalCommon):
    """A small picture sent ahead: one file of each photo, and what is sealed says what it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        logs = cls.env["outsourcing.site.log"].with_user(cls.portal_contractor)
        cls.log = logs._portal_create(cls.contract.with_user(cls.portal_contractor), {"headcount": 2})
        cls.log = cls.log.with_env(cls.env)
        cls.small = cls._photo("small.jpg")
        name, data = cls._photo("whole.jpg")
        cls.original = (name, data + b"0" * 9)  # what follows the end of a picture is no part of it
        cls.sha256 = sha256(cls.original[1]).hexdigest()

    def _put(self, file, **data):
        self._log_in(self.portal_contractor)
        answer = self._send(
            f"/my/outsourcing/logs/{self.log.id}/evidence",
            {"phase": "during", **data},
            files={"files": (*file, "image/jpeg")},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        self.env.invalidate_all()
        return json.loads(answer.text)

    def _get_photos(self):
        return self.log.evidence_ids.sorted("id")

    def test_original_takes_the_place_of_its_small_picture(self):
        [first] = self._put(self.small, original=self.sha256)["files"]
        self.assertTrue(first["is_small"])
        self.assertIn(self.sha256, self._get_photos().caption)
        [second] = self._put(self.original, phase="after")["files"]
        self.assertEqual((second["replaces"], second["is_small"]), (first["id"], False))
        photo = self._get_photos()
        self.assertEqual((photo.sha256, photo.phase, photo.original_sha256), (self.sha256, "during", False))
        self.assertFalse(
            self.env["ir.attachment"].search([("res_model", "=", photo._name), ("res_id", "=", first["id"])])
        )

    def test_small_picture_that_comes_twice_or_late_is_not_added(self):
        [first] = self._put(self.small, original=self.sha256)["files"]
        [again] = self._put(self._photo("again.jpg"), original=self.sha256)["files"]
        self.assertEqual(again["id"], first["id"])
        self._put(self.original)
        [late] = self._put(self.small, original=self.sha256)["files"]
        self.assertEqual(late["id"], self._get_photos().id)
        self.assertEqual(len(self._get_photos()), 1)

    def test_small_picture_taken_back_by_who_has_not_heard_of_its_original_takes_that_back(self):
        keys = [letter * 32 for letter in "abc"]
        [first] = self._put(self.small, original=self.sha256, client_key=keys[0])["files"]
        self._put(self._photo("other.jpg"), client_key=keys[1])
        self._put(self.original, client_key=keys[2])
        answer = self._send(f"/my/outsourcing/evidence/{first['id']}/remove")
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self._get_photos().mapped("name"), ["other.jpg"])

    def _take_back(self, photo, **data):
        answer = self._send(f"/my/outsourcing/evidence/{photo['id']}/remove", data)
        self.env.invalidate_all()
        return answer

    def test_original_that_is_still_on_its_way_is_not_kept_once_the_photo_is_taken_back(self):
        [small] = self._put(self.small, original=self.sha256, client_key="a" * 32)["files"]
        self.assertEqual(self._take_back(small, unwanted="b" * 32).status_code, 200)
        self._put(self.original, client_key="b" * 32)
        self.assertFalse(self._get_photos())

    def test_original_of_a_photo_that_stays_is_kept(self):
        [small] = self._put(self.small, original=self.sha256, client_key="a" * 32)["files"]
        open_evidence(self._get_photos()).author_id = self.portal_representative
        self._take_back(small, unwanted="b" * 32)
        self._put(self.original, client_key="b" * 32)
        self.assertIn(self.sha256, self._get_photos().mapped("sha256"))

    def test_hash_that_is_none_makes_an_ordinary_photo(self):
        self._put(self.small, original="../../etc/passwd")
        self.assertFalse(self._get_photos().original_sha256)

    def test_small_picture_waits_for_its_original_before_it_is_sealed(self):
        self._put(self.small, original=self.sha256)
        photo = self._get_photos()
        photo.sudo().chain_id._seal()
        self.assertFalse(photo.sealed)
        open_evidence(photo).date_received = fields.Datetime.now() - timedelta(days=8)
        photo.sudo().chain_id._seal()
        self.assertTrue(photo.sealed)

    def test_log_handed_in_before_the_original_seals_the_small_picture_with_its_hash(self):
        self._put(self.small, original=self.sha256)
        self.log.with_user(self.portal_contractor)._seal_evidence()
        photo = self._get_photos()
        self.assertTrue(photo.sealed)
        self.assertIn(self.sha256, photo.caption)
        # the log is still open here: what comes now stands beside what is sealed
        self._put(self.original)
        self.assertEqual(len(self._get_photos()), 2)
        self.assertEqual(photo.sudo().chain_id._verify(), [])
        page = self._page(f"/my/outsourcing/logs/{self.log.id}").text
        self.assertNotIn(f"evidence/{photo.id}/thumb", page)

    def test_small_picture_of_another_person_stays(self):
        self._put(self.small, original=self.sha256)
        small = self._get_photos()
        open_evidence(small).author_id = self.portal_representative
        self._put(self.original)
        self.assertEqual(len(self._get_photos()), 2)

    def test_page_says_that_an_original_is_missing(self):
        self._put(self.small, original=self.sha256)
        page = self._page(f"/my/outsourcing/logs/{self.log.id}").text
        self.assertIn("o_outsourcing_small_note", page)
        self._put(self.original)
        page = self._page(f"/my/outsourcing/logs/{self.log.id}").text
        self.assertNotIn("o_outsourcing_small_note", page)

    def test_small_picture_is_not_blamed_for_its_missing_camera_data(self):
        self._put(self.small, original=self.sha256)
        photo = self._get_photos()
        self.assertFalse(photo.lacks_exif)
        self.assertNotIn(photo, photo.search([("lacks_exif", "=", True)]))
