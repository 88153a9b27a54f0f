from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from ..models.shell.res_users_documents import DOCUMENT_STATES_OPEN
from .document_form import OutsourcingDocumentForm
from .mixin import OutsourcingPortalMixin


class OutsourcingDocumentPages(OutsourcingDocumentForm, OutsourcingPortalMixin, Controller):
    """What is asked of the firm, and what of it is on file: a row of the compliance matrix each."""

    _model = "outsourcing.compliance"
    _section = "documents"
    _detail_template = "property_outsourcing_portal.portal_document"
    _badge_by_state = {
        "missing": "red",
        "expired": "red",
        "insufficient": "yellow",
        "expiring": "yellow",
        "unverified": "blue",
        "upcoming": "blue",
        "valid": "green",
    }

    def _get_title(self):
        return request.env._("Compliance documents")

    def _get_filters(self):
        return {
            "open": (request.env._("To hand in"), Domain("state", "in", DOCUMENT_STATES_OPEN)),
            "waiting": (request.env._("In review"), Domain("state", "in", ("unverified", "upcoming"))),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _get_domain(self):
        return [("partner_id", "=", self._get_firm().id), ("is_repeated", "=", False)]

    def _get_firm(self):
        return request.env.user.partner_id.commercial_partner_id

    def _prepare_row(self, record):
        text, css = self._format_deadline(record.date_end)
        if record.date_end and record.state not in DOCUMENT_STATES_OPEN:
            text, css = request.env._("valid until %s", self._format_date(record.date_end)), "text-muted"
        details = (record.contract_id.title, record.number)
        return {
            "url": self._get_url(record),
            "title": record.document_type_id.name,
            "subtitle": " · ".join(filter(None, details)),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        row = record.sudo()  # read access was checked by _get_record
        return {
            "page_title": row.document_type_id.name,
            "badge_class": self._get_badge(row.state),
            "documents": self._get_filed(row).sudo(),  # found as the user
            "may_submit": row.partner_id == self._get_firm(),
            **self._prepare_document_values(),
        }

    def _get_filed(self, row):
        """Return the documents of the row's kind that are on file, as the user."""
        domain = [
            ("partner_id", "=", row.partner_id.id),
            ("type_id", "=", row.document_type_id.id),
            ("is_superseded", "=", False),
        ]
        if row.scope == "contract":
            domain.append(("contract_id", "=", row.contract_id.id))
        return request.env["outsourcing.document"].search(domain)

    @route(
        ["/my/outsourcing/documents", "/my/outsourcing/documents/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_documents(self, page=1, tab=None, **kwargs):
        """List the documents asked of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/documents/<int:row_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_document(self, row_id, **kwargs):
        """Show what is asked, what is on file, and the form to hand in a new document."""
        return self._show_detail(self._get_record(row_id))

    @route(
        "/my/outsourcing/documents/<int:row_id>/submit",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_document_submit(self, row_id, **post):
        """Hand in a document with its scan."""
        record = self._get_record(row_id)
        form = self._get_document_form(post)

        def submit():
            self._submit_document(self._prepare_vals(record, form))

        success = request.env._("Handed in. It counts as soon as the property company has verified it.")
        return self._change(record, submit, success, form)

    def _prepare_vals(self, record, form):
        row = record.sudo()  # read access was checked by _get_record
        if row.partner_id != self._get_firm():
            raise UserError(request.env._("Only a contractor hands in documents here."))
        vals = self._prepare_document_vals(row.document_type_id, form)
        return {**vals, "contract_id": row.contract_id.id if row.scope == "contract" else False}
