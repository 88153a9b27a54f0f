"""Which files people may hand in: read by their content, not by their name."""

from odoo.exceptions import UserError
from odoo.http import content_disposition, request
from odoo.tools.mimetypes import guess_mimetype

MEGABYTE = 1024 * 1024
SCANS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
OFFICE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/msword": (".doc",),
    "application/vnd.ms-excel": (".xls",),
}

FAPIAO = {
    **SCANS,
    "application/zip": (".ofd",),
    "text/xml": (".xml",),
    "application/xml": (".xml",),
}


def get_accept(allowed):
    """Return the ``accept`` of a file input for the kinds ``allowed``."""
    return ",".join(extension for extensions in allowed.values() for extension in extensions)


def check_files(files, allowed, message):
    """Raise UserError unless every file is of a kind ``allowed``, not empty and not too large.

    :param files: list of (name, bytes)
    :param str message: what to say of another kind of file, with %s for its name
    """
    limit = request.env.company._get_outsourcing_setting("outsourcing_photo_max_mb")
    for name, data in files:
        if not data:
            raise UserError(request.env._("%s is empty.", name))
        if len(data) > limit * MEGABYTE:
            raise UserError(
                request.env._("%(file)s is too large: at most %(limit)s MB.", file=name, limit=limit)
            )
        if not name.lower().endswith(allowed.get(guess_mimetype(data), ("\n",))):
            raise UserError(message % name)


def keep_files(record, files, allowed=None, message=None):
    """Check what was sent and make attachments of it that belong to ``record``; return them, in sudo.

    Party and state were checked by the caller: portal users create no attachments of their own.

    :param files: list of (name, bytes)
    :param allowed: kinds of files, by default scans and those of an office
    :param str message: what to say of another kind, with %s for its name
    """
    message = message or request.env._(
        "%s is not a PDF, a Word or Excel file, or a photo, or its name says otherwise."
    )
    check_files(files, allowed or {**SCANS, **OFFICE}, message)
    place = {"res_model": record._name, "res_id": record.id, "public": False, "type": "binary"}
    attachments = request.env["ir.attachment"].sudo()  # as the docstring says
    return attachments.create([{"name": name[-120:], "raw": data, **place} for name, data in files])


def send_content(content, mimetype, name):
    """Return the response that sends ``content`` (bytes) under ``name``, kept by nobody on the way."""
    headers = [
        ("Content-Type", mimetype),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Disposition", content_disposition(name)),
        ("Cache-Control", "no-store"),
    ]
    return request.make_response(content, headers)


def send_print(record, report, name):
    """Return the response that sends the print of ``record``.

    :param record: what the caller has found the reader may read
    :param str report: external id of the report
    :param str name: of the file
    """
    # sudo: read access was checked by the caller; a print names signers, clauses, parties as well
    reports = request.env["ir.actions.report"].sudo()
    content, _kind = reports._render_qweb_pdf(report, record.ids)
    return send_content(content, "application/pdf", name)


def send_file(files, file_id):
    """Return the response that sends the file of ``files`` with the id ``file_id``.

    :param files: records of ``ir.attachment`` the caller has found the reader may have
    :raise NotFound: it is none of them
    """
    file = files.filtered(lambda file: file.id == file_id)
    if not file:
        raise request.not_found()
    return request.env["ir.binary"]._get_stream_from(file).get_response(as_attachment=True)
