from odoo.addons.property_outsourcing_portal.controllers.files import (
    OFFICE,
    SCANS,
    get_accept,
    keep_files,
    send_file,
)


class AppealMixin:
    """What pages of documents a firm appeals against share: photos and files that prove what it says."""

    _appeal_accept = get_accept({**SCANS, **OFFICE})

    def _lodge_appeal(self, record, success, form, lodge):
        """Take in what was sent along and call ``lodge`` with it; answer with a redirect or the page again.

        :param record: the document, which the user may read
        :param str success: what is said when it is lodged
        :param dict form: what was typed
        :param lodge: method of ``record`` that takes ``files``, attachments in sudo
        """

        def step():
            record._require_contractor()
            lodge(files=keep_files(record, self._get_files("files")))

        return self._change(record, step, success, form)

    def _send_appeal_file(self, record, attachment_id):
        """Send a file of the appeal of ``record``, which the user may read."""
        # sudo: the document was checked; only its own files are sent
        return send_file(record.sudo().appeal_file_ids, attachment_id)
