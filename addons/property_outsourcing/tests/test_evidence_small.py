from hashlib import sha256

from odoo.tests import tagged

from .evidence_common import make_photo
from .evidence_document_common import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceSmall(EvidenceCommon):
    """Small pictures sent ahead give way to originals, and to nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.red, cls.blue = (make_photo(color=color) for color in ("red", "blue"))

    def _add_small(self, data, original):
        document = self.contract.with_user(self.portal_contractor)
        return document._add_small_evidence([("small.jpg", data)], sha256(original).hexdigest()).sudo()

    def test_small_pictures_that_name_each_other_are_both_sealed(self):
        rows = self._add_small(self.red, self.blue) | self._add_small(self.blue, self.red)
        self.contract._seal_evidence()
        self.assertEqual(rows.exists(), rows)
        self.assertEqual(rows.mapped("sealed"), [True, True])

    def test_sealed_without_its_original_it_lacks_camera_data_as_any_photo(self):
        row = self._add_small(self.blue, self.red)
        self.assertFalse(row.lacks_exif)
        self.contract._seal_evidence()
        self.assertTrue(row.lacks_exif)
        self.assertIn(row, row.search([("lacks_exif", "=", True)]))

    def test_picture_that_names_itself_is_an_ordinary_file(self):
        row = self._add_small(self.red, self.red)
        self.assertFalse(row.original_sha256)
        self.contract._seal_evidence()
        self.assertTrue(row.exists().sealed)

    def test_original_sent_twice_in_one_go_takes_the_place_once(self):
        self._add_small(self.blue, self.red)
        document = self.contract.with_user(self.portal_contractor)
        rows = document._add_originals([("one.jpg", self.red), ("two.jpg", self.red)]).sudo()
        self.assertEqual(rows.mapped("name"), ["one.jpg", "two.jpg"])
        self.assertEqual(rows[1].duplicate_of_id, rows[0])
