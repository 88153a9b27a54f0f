from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing_portal.controllers.document_form import OutsourcingDocumentForm
from odoo.addons.property_outsourcing_portal.controllers.mixin import OutsourcingPortalMixin


class OutsourcingTenderDocuments(OutsourcingDocumentForm, OutsourcingPortalMixin, Controller):
    """A firm that may not bid yet hands in what is missing from the page of the tender, at once.

    The document is filed like any other: nothing on it tells for which tender it came.
    """

    _model = "outsourcing.tender"
    _section = "tenders"
    _detail_template = "property_outsourcing_tender.portal_tender_document"

    def _get_lack(self, tender, type_id):
        """Return (document type in sudo, sentence) of what the user's firm lacks, or answer "not found"."""
        firm = request.env.user.partner_id.commercial_partner_id.sudo()  # the own firm
        taken = firm.outsourcing_state and tender.sudo().state == "published"  # which the notice tells
        lacks = firm._get_tender_lacks(tender) if taken else {}
        for document_type, (sentence, _waits) in lacks.items():
            if document_type.id == type_id:
                return document_type, sentence
        raise request.not_found()

    def _prepare_detail_values(self, record, lack=None, **kwargs):
        document_type, sentence = lack
        return {
            "page_title": document_type.name,
            "type": document_type,
            "sentence": sentence,
            "tender_url": self._get_url(record),
            **self._prepare_document_values(),
        }

    @route(
        "/my/outsourcing/tenders/<int:tender_id>/documents/<int:type_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_tender_document(self, tender_id, type_id, **kwargs):
        """Show the form for a document the firm lacks."""
        record = self._get_record(tender_id)
        return self._show_detail(record, lack=self._get_lack(record, type_id))

    @route(
        "/my/outsourcing/tenders/<int:tender_id>/documents/<int:type_id>/submit",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_tender_document_submit(self, tender_id, type_id, **post):
        """Hand in a document the firm lacks, and go back to the tender."""
        record = self._get_record(tender_id)
        lack = self._get_lack(record, type_id)
        form = self._get_document_form(post)

        def submit():
            self._submit_document(self._prepare_document_vals(lack[0], form))

        error = self._attempt(submit)
        if error:
            return self._refuse(error, lambda: self._show_detail(record, error=error, form=form, lack=lack))
        success = request.env._("Handed in. You can bid as soon as the property company has verified it.")
        return self._succeed(record, self._get_url(record), success)
