from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from ..models.shell.res_users_documents import DOCUMENT_STATES_OPEN
from .files import SCANS, check_files, get_accept
from .mixin import OutsourcingPortalMixin


class OutsourcingDocumentPages(OutsourcingPortalMixin, Controller):
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
            "people": request.env.user._get_outsourcing_people(),
            "accept": get_accept(SCANS),
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
        names = ("number", "date_start", "date_end", "insured_amount", "grade_id", "person_id")
        form = {name: self._to_text(post.get(name), 80) for name in names}

        def submit():
            files = self._get_files("files")
            check_files(
                files, SCANS, request.env._("%s is not a PDF or a photo, or its name says otherwise.")
            )
            request.env["outsourcing.document"]._portal_submit(self._prepare_vals(record, form), files)

        success = request.env._("Handed in. It counts as soon as the property company has verified it.")
        return self._change(record, submit, success, form)

    def _prepare_vals(self, record, form):
        row = record.sudo()  # read access was checked by _get_record
        if row.partner_id != self._get_firm():
            raise UserError(request.env._("Only a contractor hands in documents here."))
        person = self._get_person(form["person_id"]) if row.scope == "person" else None
        return {
            "type_id": row.document_type_id.id,
            "contract_id": row.contract_id.id if row.scope == "contract" else False,
            "person_id": person and person.id,
            "number": form["number"],
            "date_start": self._to_date(form["date_start"]),
            "date_end": self._to_date(form["date_end"]),
            "insured_amount": self._to_amount(form["insured_amount"]),
            "grade_id": self._to_int(form["grade_id"]),
        }

    def _to_amount(self, value):
        return self._to_number(value, request.env._("%s is not an amount."), least=0, below=1e13)
