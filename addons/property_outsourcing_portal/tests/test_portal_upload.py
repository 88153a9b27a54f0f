from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalCommon

PROGRAM = b"MZ\x90\x00" + b"\x00" * 400


@tagged("post_install", "-at_install")
class TestPortalUpload(PortalCommon):
    """Photos in and out; whatever is no photo is refused with a sentence and changes nothing."""

    def setUp(self):
        super().setUp()
        self.inspection = self._start_inspection()
        self.line = self.inspection.line_ids[0]
        self.url = f"/my/outsourcing/inspections/{self.inspection.id}/evidence"
        self._log_in(self.portal_contractor)

    def _count(self):
        self.env.invalidate_all()
        return self.env["outsourcing.evidence"].search_count([])

    def test_photo_is_kept_as_it_came(self):
        name, data = self._photo()
        answer = self._upload(self.url, [(name, data)], line_id=self.line.id).json()
        row = self.env["outsourcing.evidence"].browse(answer["files"][0]["id"])
        self.assertEqual((row.res_model, row.res_id), (self.line._name, self.line.id))
        self.assertEqual(row.author_id, self.portal_contractor)
        self.assertEqual(self._page(answer["files"][0]["url"]).content, data)
        thumb = self._page(answer["files"][0]["thumb"])
        self.assertEqual(thumb.headers["Content-Type"], "image/jpeg")

    def test_plain_form_without_script(self):
        response = self._send(self.url, {"phase": "during"}, files=[("files", self._photo())])
        self.assertTrue(response.url.endswith(f"/inspections/{self.inspection.id}"))
        self.assertEqual(len(self.inspection.evidence_ids), 1)

    def test_program_named_jpg_is_refused(self):
        count = self._count()
        response = self._upload(self.url, [("holiday.jpg", PROGRAM)])
        self.assertEqual(response.status_code, 422)
        self.assertIn("holiday.jpg", response.json()["error"])
        self.assertEqual(self._count(), count)
        response = self._send(self.url, files=[("files", ("holiday.jpg", PROGRAM))])
        self.assertIn("holiday.jpg", response.text)
        self.assertEqual(self._count(), count)

    def test_empty_and_missing_file_are_refused(self):
        count = self._count()
        self.assertEqual(self._upload(self.url, [("a.jpg", b"")]).status_code, 422)
        self.assertEqual(
            self._send(self.url, headers={"X-Requested-With": "XMLHttpRequest"}).status_code, 422
        )
        self.assertEqual(self._count(), count)

    def test_too_large_photo_is_refused(self):
        self.env.company.outsourcing_photo_max_mb = 1
        data = self._photo()[1] + b"\x00" * 1024 * 1024
        response = self._upload(self.url, [("big.jpg", data)])
        self.assertEqual(response.status_code, 422)
        self.assertIn("big.jpg", response.json()["error"])

    @mute_logger("odoo.http", "werkzeug")
    def test_body_above_the_limit_is_answered_with_a_sentence(self):
        self.env.company.outsourcing_photo_max_mb = 1
        self.env.company.outsourcing_video_max_mb = 1
        count = self._count()
        response = self._upload(self.url, [("film.mp4", b"\x00" * 4 * 1024 * 1024)])
        self.assertEqual(response.status_code, 413)
        self.assertTrue(response.json()["error"])
        self.assertEqual(self._count(), count)

    def test_item_of_another_inspection_is_not_found(self):
        other = self._start_inspection()
        response = self._upload(self.url, [self._photo()], line_id=other.line_ids[0].id)
        self.assertEqual(response.status_code, 404)
        self.assertFalse(other.line_ids.evidence_ids)

    def test_unknown_kind_of_document_is_not_found(self):
        response = self._upload(f"/my/outsourcing/contracts/{self.contract.id}/evidence", [self._photo()])
        self.assertEqual(response.status_code, 404)

    def test_submitted_document_takes_no_photo(self):
        stamps = {"date_done": fields.Datetime.now(), "submitted_by_id": self.portal_contractor.id}
        self.inspection._gated().write({"state": "done", **stamps})
        count = self._count()
        self.assertEqual(self._upload(self.url, [self._photo()]).status_code, 422)
        self.assertEqual(self._count(), count)

    def test_colleague_adds_nothing_to_a_running_record(self):
        self.assertEqual(self._upload(self.url, [self._photo()], user=self.colleague).status_code, 422)

    def test_photo_of_others_is_not_found(self):
        answer = self._upload(self.url, [self._photo()], line_id=self.line.id).json()
        for user in (self.portal_competitor, self.portal_third_party, self.portal_representative):
            self._log_in(user)
            for kind in ("thumb", "url"):
                self.assertEqual(self._page(answer["files"][0][kind]).status_code, 404)
        self._log_in(None)
        self.assertIn("/web/login", self._page(answer["files"][0]["url"]).url)
        self._log_in(self.portal_contractor)
        self.assertEqual(self._page(answer["files"][0]["thumb"]).status_code, 200)
        self.assertEqual(self._page("/my/outsourcing/evidence/999999/thumb").status_code, 404)

    def test_photo_used_for_another_item_is_kept_and_flagged(self):
        photo = self._photo()
        first = self._upload(self.url, [photo]).json()["files"][0]
        second = self._upload(self.url, [photo], line_id=self.line.id).json()["files"][0]
        row = self.env["outsourcing.evidence"].browse(second["id"])
        self.assertEqual(row.duplicate_of_id.id, first["id"])

    def test_deliverable_takes_documents_only(self):
        deliverable = self._create_deliverable()
        url = f"/my/outsourcing/deliverables/{deliverable.id}/submit"
        for name, data in (("report.pdf", PROGRAM), ("report.exe", b"%PDF-1.4\n%%EOF"), ("a.pdf", b"")):
            with self.subTest(name=name):
                response = self._send(url, {"note": "kept text"}, files=[("files", (name, data))])
                self.assertIn("o_outsourcing_error", response.text)
                self.assertIn("kept text", response.text)
        self._send(url)
        self.assertEqual(deliverable.state, "due")
        self.assertFalse(deliverable.attachment_ids)
        self._send(url, files=[("files", ("report.pdf", b"%PDF-1.4\n%%EOF"))])
        self.env.invalidate_all()
        self.assertEqual(deliverable.state, "submitted")
        file_url = f"/my/outsourcing/deliverables/{deliverable.id}/file/{deliverable.attachment_ids.id}"
        self.assertTrue(self._page(file_url).content.startswith(b"%PDF"))
        self.assertIn("o_outsourcing_error", self._send(url, files=[("files", ("b.pdf", b"%PDF-1.4"))]).text)
        self.assertEqual(len(deliverable.attachment_ids), 1)
        self._log_in(self.portal_competitor)
        self.assertEqual(self._page(file_url).status_code, 404)
