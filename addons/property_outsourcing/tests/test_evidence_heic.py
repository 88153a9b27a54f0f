from unittest.mock import MagicMock, patch

from PIL import Image

from odoo.tests import tagged

from .evidence_common import make_heic
from .evidence_document_common import TAKEN, EvidenceCommon

DECODER = "odoo.addons.property_outsourcing.models.evidence.media.pi_heif"


@tagged("post_install", "-at_install")
class TestEvidenceHeic(EvidenceCommon):
    """A photo of an iPhone is kept whole; it is shown as far as the machine can read it."""

    def _add_heic(self, decoder):
        with patch(DECODER, decoder):
            return self._add([("IMG_1.HEIC", make_heic(TAKEN))])

    def _make_decoder(self, size=(4032, 3024)):
        heic = MagicMock(size=size)
        heic.to_pillow.return_value = Image.new("RGB", size, "red")
        return MagicMock(open_heif=MagicMock(return_value=heic))

    def test_without_a_decoder_it_is_a_link_not_a_broken_image(self):
        row = self._add_heic(None)
        self.assertEqual((row.mimetype, row.exif_text), ("image/heic", "2026:03:01 08:12:00"))
        self.assertFalse(row._get_thumbnail())
        self.assertNotIn("<img", row.preview)
        self.assertIn(f"/web/content/outsourcing.evidence/{row.id}/original?download=true", row.preview)
        self.assertIn("IMG_1.HEIC", row.preview)

    def test_the_list_of_items_is_not_taken_for_the_camera_data(self):
        heic = make_heic(TAKEN)
        with patch(DECODER, None):
            row = self._add([("IMG_2.HEIC", heic[:28] + b"Exif\x00\x00\x00\x15" + heic[28:])])
        self.assertEqual(row.exif_text, "2026:03:01 08:12:00")

    def test_with_a_decoder_it_has_a_small_picture(self):
        row = self._add_heic(self._make_decoder())
        self.assertTrue(row._get_thumbnail().startswith(b"\xff\xd8"))
        self.assertIn(f"/{row.id}/thumbnail", row.preview)
        self.assertNotIn(f'src="/web/content/outsourcing.evidence/{row.id}/original', row.preview)

    def test_what_cannot_be_decoded_is_kept_all_the_same(self):
        broken = MagicMock(open_heif=MagicMock(side_effect=ValueError))
        for decoder in (broken, self._make_decoder(size=(9000, 9000))):
            self.assertFalse(self._add_heic(decoder)._get_thumbnail())
