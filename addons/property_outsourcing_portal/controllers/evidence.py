import re

from odoo.exceptions import UserError
from odoo.http import Controller, request, route
from odoo.tools import file_open

from .answer import is_script
from .mixin import OutsourcingPortalMixin

MEGABYTE = 1024 * 1024
OVERHEAD = 2 * MEGABYTE  # what a multipart body adds to its file
SIGNS = {"photo": "image", "video": "video", "document": "pdf"}  # where there is no small picture
SHA256 = re.compile(r"[0-9a-f]{64}")
PHASES = ("before", "during", "after", "other")


class OutsourcingEvidence(OutsourcingPortalMixin, Controller):
    """Photos: one per request in, thumbnail and original out."""

    _section = "evidence"

    def _get_max_length(self):
        setting = request.env.company._get_outsourcing_setting
        largest = max(setting("outsourcing_photo_max_mb"), setting("outsourcing_video_max_mb"))
        return largest * MEGABYTE + OVERHEAD

    @route(
        "/my/outsourcing/<string:section>/<int:record_id>/evidence",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=_get_max_length,
        sitemap=False,
    )
    def outsourcing_evidence_add(
        self, section, record_id, phase="other", line_id=None, original=None, **kwargs
    ):
        """Keep a photo on a document; answer with its thumbnail, or with one sentence saying why not.

        :param str original: of a small picture that is sent ahead on a bad line, the SHA-256 of its original
        """
        record = self._get_record(record_id, self._get_photo_model(section))
        if request.env.user._get_outsourcing_section(record) != section:
            raise request.not_found()
        target = self._get_target(record, line_id)
        phase = phase if phase in PHASES else "other"
        sha256 = original if SHA256.fullmatch(str(original)) else None
        shown, notice = [], False

        def add():
            nonlocal shown, notice
            shown, notice = self._add_photos(target, phase, sha256)

        error = self._attempt(add)
        url = f"/my/outsourcing/{section}/{record.id}"
        if error:
            return self._refuse(error, lambda: self._redirect(url, error, "danger"))
        message = notice or (not is_script() and request.env._("The photo is kept."))
        # sudo: just added
        first = request.env["outsourcing.evidence"].sudo().browse(row["id"] for row in shown[:1])
        return self._succeed(first, url, message, files=shown, notice=notice)

    def _add_photos(self, target, phase, original):
        """Keep the photos of the request on ``target``; return (what is shown of them, a notice or False)."""
        files = self._get_files("files")
        if not files:
            raise UserError(request.env._("Choose a photo first."))
        original = len(files) == 1 and original or None
        new, known = target._portal_sort_out_known(files, original)
        small = {sha256: row.id for sha256, row in target._find_small_evidence().items()}
        rows = target._portal_add_evidence(new, phase, original).sudo() if new else known  # of this person
        shown = [{**self._describe(row), "replaces": small.get(row.sha256, False)} for row in rows]
        if not known or original:  # a small picture that comes again is shown, and not worth a word
            return shown, False
        notice = request.env._("%s is here already; it was not added again.", known[0].name)
        return shown if new else [], notice

    @route(
        "/my/outsourcing/evidence/<int:evidence_id>/remove",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_evidence_remove(self, evidence_id, unwanted="", **kwargs):
        """Take back a photo of a document that is not handed in yet.

        :param str unwanted: key of the original of a small picture, which the phone has broken off: it may
            have arrived all the same, and be recorded in this very moment
        """
        row = self._get_evidence(self._find_successor(evidence_id))
        record = request.env[row.res_model].browse(row.res_id)
        document = record._get_evidence_document()
        url = request.env.user._get_outsourcing_url(document) or "/my/outsourcing"

        def remove():
            # first of all: whoever records it holds its key
            request.env["outsourcing.portal.post"]._forgo(str(unwanted), request.httprequest.path)
            record._portal_remove_evidence(row)

        error = self._attempt(remove)
        if error:
            return self._refuse(error, lambda: self._redirect(url, error, "danger"))
        return self._succeed(record.browse(), url, not is_script() and request.env._("The photo is removed."))

    def _get_photo_model(self, section):
        """Return the name of the section's model; "not found" if its documents take no photos."""
        model = request.env.user._get_outsourcing_sections().get(section)
        if not model or not getattr(request.env[model], "_portal_takes_photos", False):
            raise request.not_found()
        return model

    def _get_target(self, record, line_id):
        """Return the document or the one item of it the photo is for; never one of another document."""
        if not line_id:
            return record
        line = record._portal_get_evidence_lines().filtered(lambda line: line.id == self._to_int(line_id))
        if not line:
            raise request.not_found()
        return line

    def _describe(self, row):
        return {
            "id": row.id,
            "name": row.name,
            "media": row.media_type,
            "is_small": bool(row.original_sha256),
            "thumb": f"/my/outsourcing/evidence/{row.id}/thumb",
            "url": f"/my/outsourcing/evidence/{row.id}/file",
        }

    def _get_evidence(self, evidence_id):
        row = request.env["outsourcing.evidence"].browse(evidence_id).exists()
        if not row or not row.has_access("read"):
            raise request.not_found()
        return row.sudo()  # read access was checked

    def _find_successor(self, evidence_id):
        """Return the id of the original that took the place of a small picture, or ``evidence_id`` itself.

        A phone that has not heard of its original takes the small picture back.
        """
        if request.env["outsourcing.evidence"].browse(evidence_id).exists():
            return evidence_id
        posts = request.env["outsourcing.portal.post"].sudo()  # of this person alone
        own = [("user_id", "=", request.env.uid), ("res_model", "=", "outsourcing.evidence")]
        small = posts.search([*own, ("res_id", "=", evidence_id)], limit=1)
        later = [("path", "=", small.path), ("id", ">", small.id)]
        for post in posts.search([*own, *later]) if small else posts:
            files = (post.answer or {}).get("files", [])
            if any(file.get("replaces") == evidence_id for file in files):
                return post.res_id
        return evidence_id

    @route(
        "/my/outsourcing/evidence/<int:evidence_id>/thumb",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_evidence_thumb(self, evidence_id, **kwargs):
        """Send the small picture of a photo, or a sign for what has none."""
        row = self._get_evidence(evidence_id)
        content, mimetype = row._get_thumbnail(), "image/jpeg"
        if not content:
            with file_open(f"web/static/img/mimetypes/{SIGNS[row.media_type]}.svg", "rb") as image:
                content, mimetype = image.read(), "image/svg+xml"
        headers = [("Content-Type", mimetype), ("Cache-Control", "private, max-age=3600")]
        return request.make_response(content, headers)

    @route(
        "/my/outsourcing/evidence/<int:evidence_id>/file",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_evidence_file(self, evidence_id, **kwargs):
        """Send the original as it was received."""
        row = self._get_evidence(evidence_id)
        stream = request.env["ir.binary"]._get_stream_from(row.attachment_id, filename=row.name)
        return stream.get_response(as_attachment=row.media_type == "document" or row._is_heic())
