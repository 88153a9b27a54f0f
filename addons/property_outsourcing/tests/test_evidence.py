import hashlib
import io
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time
from PIL import Image
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .evidence_common import make_film, make_heic, make_pdf, make_photo
from .evidence_document_common import PLACE, TAKEN, EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceFiles(EvidenceCommon):
    def test_photo_arrives_whole_with_what_it_says(self):
        photo = make_photo(exif_date=TAKEN, gps=PLACE, size=(2600, 2000))  # Odoo would shrink it
        self.company.partner_id.tz = "Asia/Shanghai"  # wherever the reader is
        with freeze_time("2026-03-01 02:00:00"):
            row = self._add(
                [("site.jpg", photo)], phase="before", performer=self.performer, caption="Tiles"
            ).sudo()
        self.assertEqual(row.attachment_id.raw, photo)
        self.assertRecordValues(
            row,
            [
                {
                    "sha256": hashlib.sha256(photo).hexdigest(),
                    "size": len(photo),
                    "mimetype": "image/jpeg",
                    "exif_date": datetime(2026, 3, 1, 0, 12),
                    "exif_text": "2026:03:01 08:12:00",
                    "date_received": datetime(2026, 3, 1, 2, 0),
                    "author_id": self.portal_contractor.id,
                    "performer_id": self.performer.id,
                    "contract_id": self.contract.id,
                    "community_id": self.community.id,
                    "contractor_id": self.contractor.id,
                    "phase": "before",
                    "caption": "Tiles",
                    "position": "31.230417° N, 121.473700° E",
                    "is_duplicate": False,
                    "lacks_exif": False,
                    "sealed": False,
                }
            ],
        )

    def test_png_is_not_resized_either(self):
        photo = make_photo("plan.png", size=(2400, 2400))
        row = self._add([("plan.png", photo)]).sudo()
        self.assertEqual(row.attachment_id.raw, photo)
        self.assertTrue(row.lacks_exif)

    def test_every_accepted_type_is_taken(self):
        files = {
            "a.jpg": (make_photo(), "image/jpeg"),
            "b.png": (make_photo("b.png", "blue"), "image/png"),
            "c.webp": (make_photo("c.webp", "green"), "image/webp"),
            "d.heic": (make_heic(TAKEN), "image/heic"),
            "e.mp4": (make_film(), "video/mp4"),
            "f.mov": (make_film(b"qt  "), "video/quicktime"),
            "g.pdf": (make_pdf(), "application/pdf"),
        }
        rows = self._add([(name, data) for name, (data, _mimetype) in files.items()])
        self.assertEqual(rows.sudo().mapped("mimetype"), [mimetype for _data, mimetype in files.values()])
        self.assertEqual(rows.mapped("name"), list(files))
        self.assertEqual(rows[3].exif_text, "2026:03:01 08:12:00")

    def test_camera_zone_wins_over_the_users(self):
        photo = make_photo(exif_date=TAKEN, exif_offset="+09:00")
        self.assertEqual(self._add([("x.jpg", photo)]).exif_date, datetime(2026, 2, 28, 23, 12))

    def test_film_tells_its_time(self):
        seconds = int((datetime(2026, 3, 1) - datetime(1904, 1, 1)).total_seconds())
        row = self._add([("x.mp4", make_film(created=seconds))])
        self.assertEqual(row.exif_date, datetime(2026, 3, 1))
        self.assertEqual(row.media_type, "video")

    def test_files_are_found_by_their_kind(self):
        rows = self._add([("x.mp4", make_film()), ("y.jpg", make_photo()), ("z.pdf", make_pdf())]).sudo()
        for kind, row in zip(("video", "photo", "document"), rows, strict=True):
            found = rows.search([("id", "in", rows.ids), ("media_type", "=", kind)])
            self.assertEqual(found, row)

    def test_thumbnail_is_small_and_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # the phone was held upright
        stream = io.BytesIO()
        Image.new("RGB", (2000, 1000), "red").save(stream, "JPEG", exif=exif)
        row = self._add([("x.jpg", stream.getvalue())])
        thumbnail = Image.open(io.BytesIO(row._get_thumbnail()))
        self.assertLessEqual(max(thumbnail.size), 480)
        self.assertGreater(thumbnail.height, thumbnail.width)
        self.assertFalse(self._add([("x.mp4", make_film())])._get_thumbnail())

    def test_name_is_cleaned_and_gets_its_extension(self):
        rows = self._add([("C:\\photos\\..\\x.jpg", make_photo()), ("setup.exe", make_photo(color="blue"))])
        self.assertEqual(rows.mapped("name"), ["x.jpg", "setup.exe.jpg"])

    # ---- refusals ---------------------------------------------------------------------------------------

    def _assert_refused(self, files, *parts, error=UserError, **kwargs):
        count, attachments = self._count(), self.env["ir.attachment"].search_count([])
        with self.assertRaises(error) as caught:  # core's own or ours
            self._add(files, **kwargs)
        for part in parts:
            self.assertIn(part, str(caught.exception))
        self.assertEqual((self._count(), self.env["ir.attachment"].search_count([])), (count, attachments))

    def test_renamed_program_is_refused(self):
        self._assert_refused([("holiday.jpg", b"MZ\x90\x00" + b"\0" * 500)], "holiday.jpg", "neither a photo")

    def test_empty_file_is_refused(self):
        self._assert_refused([("x.jpg", b"")], "x.jpg is empty")

    def test_html_and_svg_are_refused(self):
        self._assert_refused([("x.jpg", b"<html><script>alert(1)</script></html>")], "neither a photo")
        self._assert_refused([("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")], "neither a photo")

    def test_damaged_files_are_refused(self):
        self._assert_refused([("cut.jpg", make_photo()[:2000])], "cut.jpg", "damaged")
        self._assert_refused([("cut.png", make_photo("x.png")[:-12])], "cut.png", "damaged")
        self._assert_refused([("cut.webp", make_photo("x.webp")[:-12])], "cut.webp", "damaged")
        self._assert_refused([("fake.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 500)], "damaged")
        self._assert_refused([("cut.mp4", make_film()[:-60])], "damaged")
        self._assert_refused([("cut.pdf", make_pdf()[:-8])], "damaged")

    def test_picture_bomb_is_refused(self):
        self._assert_refused([("bomb.png", make_photo("bomb.png", size=(8000, 8000)))], "bomb.png", "pixels")

    def test_one_bad_file_keeps_all_out(self):
        self._assert_refused([("a.jpg", make_photo()), ("b.jpg", b"MZ" * 50)], "b.jpg")

    def test_too_large_says_limit_and_size(self):
        self.company.outsourcing_photo_max_mb = 1
        photo = make_photo() + b"\0" * 1_300_000  # phones do append to their photos
        self._assert_refused([("big.jpg", photo)], "big.jpg", "1.24 Mb", "1 MB")
        self.company.outsourcing_video_max_mb = 2
        self._assert_refused([("big.mp4", make_film(size=3_000_000))], "big.mp4", "2 MB")
        self.assertTrue(self._add([("small.mp4", make_film(size=1_500_000))]))

    def test_limit_is_at_least_one_megabyte(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.company.outsourcing_photo_max_mb = 0
            self.env.flush_all()

    def test_performer_is_one_of_the_firms_people(self):
        stranger = self._create_contact("Stranger", self.competitor)
        self._assert_refused(None, "Stranger", self.contractor.name, performer=stranger)
        self._assert_refused(None, self.contractor.name, performer=self.contractor)
        self.assertEqual(self._add(performer=self.performer).sudo().performer_id, self.performer)

    def test_only_staff_record_from_paper(self):
        self._assert_refused(None, error=AccessError, is_paper=True)
        row = self._add([("sheet.pdf", make_pdf())], user=self.user_supervisor, is_paper=True)
        self.assertTrue(row.is_paper)
        self.assertEqual(row.author_id, self.user_supervisor)

    def test_author_is_a_person(self):
        robot = self.env.ref("base.user_root")
        public = self.env.ref("base.public_user")
        self._assert_refused(None, error=AccessError, user=robot)
        self._assert_refused(None, error=AccessError, user=public)

    def test_author_stays_in_sudo(self):
        row = self.contract.with_user(self.portal_contractor).sudo()._add_evidence([("x.jpg", make_photo())])
        self.assertEqual(row.author_id, self.portal_contractor)

    def test_who_cannot_read_the_document_cannot_add(self):
        self._assert_refused(None, error=AccessError, user=self.portal_competitor)
        self._assert_refused(None, error=AccessError, user=self.user_outsider)

    def test_closed_document_takes_nothing(self):
        self.contract._gated().write({"state": "completed"})
        self._assert_refused(None, self.contract.display_name, user=self.user_supervisor)

    def test_unknown_phase_is_refused(self):
        self._assert_refused(None, "before, during or after", phase="tomorrow")

    def test_bytes_changed_by_the_store_are_noticed(self):
        def _shrink(attachments, values):
            values.update(raw=make_photo(color="blue"), mimetype="image/jpeg")
            return values

        with patch.object(type(self.env["ir.attachment"]), "_check_contents", _shrink):
            self._assert_refused([("x.jpg", make_photo())], "not stored as it was received")

    # ---- duplicates -------------------------------------------------------------------------------------

    def test_photo_used_twice_is_reported_not_refused(self):
        first = self._add().sudo()
        again = self._add([("other name.jpg", make_photo(exif_date=TAKEN, gps=PLACE))]).sudo()
        self.assertEqual(again.duplicate_of_id, first)
        self.assertFalse(first.duplicate_of_id)
        note = self.contract.message_ids[0]
        self.assertIn("other name.jpg", note.body)
        self.assertTrue(note.subtype_id.internal)

    def test_photo_twice_in_one_upload_is_reported(self):
        rows = self._add([("a.jpg", make_photo()), ("b.jpg", make_photo())]).sudo()
        self.assertEqual(rows[1].duplicate_of_id, rows[0])

    def test_photo_of_another_contract_is_reported(self):
        first = self._add().sudo()
        other = self._create_contract(community_id=self.other_community.id)
        photo = make_photo(exif_date=TAKEN, gps=PLACE)
        again = other.with_user(self.user_manager)._add_evidence([("x.jpg", photo)])
        self.assertEqual(again.duplicate_of_id, first)

    def test_parallel_upload_is_noticed_when_sealing(self):
        rows = self._add([("a.jpg", make_photo()), ("b.jpg", make_photo())]).sudo()
        # as if the two had been uploaded in the same moment, each unseen by the other
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE outsourcing_evidence SET duplicate_of_id = NULL WHERE id = %s", rows[1].ids
        )
        rows.invalidate_recordset()
        self.contract._seal_evidence()
        self.assertEqual(rows[1].duplicate_of_id, rows[0])
        self.assertFalse(rows.chain_id._verify())
