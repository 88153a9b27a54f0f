from odoo.exceptions import UserError
from odoo.http import Controller, request, route
from odoo.tools import file_open

from .mixin import OutsourcingPortalMixin

MEGABYTE = 1024 * 1024
OVERHEAD = 2 * MEGABYTE  # what a multipart body adds to its file
SIGNS = {"photo": "image", "video": "video", "document": "pdf"}  # where there is no small picture
PHASES = ("before", "during", "after", "other")


class OutsourcingEvidence(OutsourcingPortalMixin, Controller):
    """Photos: one per request in, thumbnail and original out."""

    _section = "evidence"

    def _get_max_length(self):
        company = request.env.company.sudo()  # a setting
        return max(company.outsourcing_photo_max_mb, company.outsourcing_video_max_mb) * MEGABYTE + OVERHEAD

    @route(
        "/my/outsourcing/<string:section>/<int:record_id>/evidence",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=_get_max_length,
        sitemap=False,
    )
    def outsourcing_evidence_add(self, section, record_id, phase="other", line_id=None, **kwargs):
        """Keep a photo on a document; answer with its thumbnail, or with one sentence saying why not."""
        record = self._get_record(record_id, self._get_photo_model(section))
        if request.env.user._get_outsourcing_section(record) != section:
            raise request.not_found()
        target = self._get_target(record, line_id)
        rows = request.env["outsourcing.evidence"]

        def add():
            nonlocal rows
            files = self._get_files("files")
            if not files:
                raise UserError(request.env._("Choose a photo first."))
            rows = target._portal_add_evidence(files, phase if phase in PHASES else "other")

        error = self._attempt(add)
        if request.httprequest.headers.get("X-Requested-With") == "XMLHttpRequest":
            if error:
                return request.make_json_response({"error": error}, status=422)
            # sudo: the rows just added by this person
            return request.make_json_response({"files": [self._describe(row) for row in rows.sudo()]})
        url = f"/my/outsourcing/{section}/{record.id}"
        if error:
            return self._redirect(url, error, "danger")
        return self._redirect(url, request.env._("The photo is kept."))

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
            "thumb": f"/my/outsourcing/evidence/{row.id}/thumb",
            "url": f"/my/outsourcing/evidence/{row.id}/file",
        }

    def _get_evidence(self, evidence_id):
        row = request.env["outsourcing.evidence"].browse(evidence_id).exists()
        if not row or not row.has_access("read"):
            raise request.not_found()
        return row.sudo()  # read access was checked

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
