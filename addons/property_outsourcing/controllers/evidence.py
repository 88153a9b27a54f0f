from odoo.exceptions import MissingError, UserError
from odoo.http import Controller, request, route

MEGABYTE = 1024 * 1024
OVERHEAD = 2 * MEGABYTE  # what a multipart body adds to its file


class OutsourcingEvidenceUpload(Controller):
    def _get_max_length(self):
        setting = request.env.company._get_outsourcing_setting
        largest = max(setting("outsourcing_photo_max_mb"), setting("outsourcing_video_max_mb"))
        return largest * MEGABYTE + OVERHEAD

    @route(
        "/outsourcing/evidence/<string:model>/<int:record_id>",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=_get_max_length,
    )
    def outsourcing_evidence_upload(self, model, record_id, phase="other", **kwargs):
        """Keep one file of a gallery; answer with its row, or with one sentence saying why not."""
        files = [(file.filename, file.read()) for file in request.httprequest.files.getlist("file")]
        uploads = request.env["outsourcing.evidence.upload"]
        try:
            rows = uploads._find_document(model, record_id, "evidence")._upload_evidence(files, phase)
        except UserError as error:  # a missing document and an access error are such, too
            request.env.cr.rollback()
            status = 404 if isinstance(error, MissingError) else 200
            return request.make_json_response({"error": str(error)}, status=status)
        return request.make_json_response({"rows": rows._describe_for_gallery()})
