"""The form of a compliance document, for the pages that have one. Not a controller itself."""

from odoo.http import request

from .files import SCANS, check_files, get_accept
from .form_input import OutsourcingFormInput

NAMES = ("number", "date_start", "date_end", "insured_amount", "grade_id", "person_id")


class OutsourcingDocumentForm(OutsourcingFormInput):
    """What ``portal_document_form`` shows and sends."""

    def _prepare_document_values(self):
        """Return what the form offers to choose from."""
        return {"people": request.env.user._get_outsourcing_people(), "accept": get_accept(SCANS)}

    def _get_document_form(self, post):
        """Return what was typed, a dict of texts."""
        return {name: self._to_text(post.get(name), 80) for name in NAMES}

    def _submit_document(self, vals):
        """Record the document of ``vals`` with the scans that came along, for the firm of the user.

        :raise UserError: there is no scan, one is none, or something is missing
        """
        files = self._get_files("files")
        check_files(files, SCANS, request.env._("%s is not a PDF or a photo, or its name says otherwise."))
        return request.env["outsourcing.document"]._portal_submit(vals, files)

    def _prepare_document_vals(self, document_type, form):
        """Return the values of a document of ``document_type`` (in sudo), of what was typed."""
        person = self._get_person(form["person_id"]) if document_type.scope == "person" else None
        return {
            "type_id": document_type.id,
            "person_id": person and person.id,
            "number": form["number"],
            "date_start": self._to_date(form["date_start"]),
            "date_end": self._to_date(form["date_end"]),
            "insured_amount": self._to_amount(form["insured_amount"]),
            "grade_id": self._to_int(form["grade_id"]),
        }

    def _to_amount(self, value):
        return self._to_number(value, request.env._("%s is not an amount."), least=0, below=1e13)
