from odoo.fields import Domain
from odoo.http import Controller, request, route

from .files import OFFICE, SCANS, get_accept, keep_files, send_file
from .mixin import OutsourcingPortalMixin

AMOUNT = "amount_"


class OutsourcingApplicationPages(OutsourcingPortalMixin, Controller):
    """请款: what is accepted and not settled, row by row, with the contractor's own figures."""

    _model = "outsourcing.payment.application"
    _section = "applications"
    _detail_template = "property_outsourcing_portal.portal_application"
    _new_template = "property_outsourcing_portal.portal_application_new"
    _badge_by_state = {"submitted": "blue", "settled": "green", "refused": "red"}

    def _get_title(self):
        return request.env._("Payment applications")

    def _get_new_title(self):
        return request.env._("Apply for a payment")

    def _get_filters(self):
        return {
            "open": (request.env._("Waiting for an answer"), Domain("state", "=", "submitted")),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _prepare_row(self, record):
        waits = record.state == "submitted"
        text, css = self._format_deadline(record.answer_deadline) if waits else ("", "")
        return {
            "url": self._get_url(record),
            "title": record.contract_id.title,
            "subtitle": " · ".join((record.name, self._format_date(record.date))),
            "amount": record.amount_total,
            "currency": record.currency_id,
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_new_values(self):
        contracts = self._get_own_contracts().sudo()  # found under the user's own access
        rows = request.env[self._model]._get_open_rows(contracts)
        return {
            "groups": rows.grouped("contract_id"),
            "accept": get_accept({**SCANS, **OFFICE}),
            "days": request.env.company._get_outsourcing_setting("outsourcing_statement_days"),
        }

    def _get_own_contracts(self):
        """Return the contracts of the firm, ended ones as well: what was accepted is paid."""
        contracts = request.env["outsourcing.contract"]
        firm = request.env.user.partner_id.commercial_partner_id
        if not contracts.has_access("read"):
            return contracts
        return contracts.search([("contractor_id", "=", firm.id), ("state", "!=", "draft")])

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        settlement = record.settlement_id
        return {
            "badge_class": self._get_badge(doc.state),
            "deadline": self._format_deadline(doc.answer_deadline),
            "days_late": doc._get_days_late(),
            "may_withdraw": doc.state == "submitted",
            "settlement": settlement.sudo() if settlement.has_access("read") else False,  # its number
        }

    @route(
        ["/my/outsourcing/applications", "/my/outsourcing/applications/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_applications(self, page=1, tab=None, **kwargs):
        """List the payment applications of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/applications/new",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_application_new(self, **kwargs):
        """Show what is accepted and not settled, contract by contract, with a form each."""
        return self._show_new()

    @route(
        "/my/outsourcing/applications/create/<int:contract_id>",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_application_create(self, contract_id, note="", **post):
        """Apply for the rows that have an amount.

        The page has a form for each contract: draft and key of a form are found by its address.
        """
        if "contractor" not in self._get_roles():
            raise request.not_found()
        form = {name: self._to_text(post[name], 30) for name in post if name.startswith(AMOUNT)}
        form["note"] = self._to_text(note)

        def create():
            contract = self._get_own_contracts().filtered(lambda one: one.id == contract_id)
            if not contract:
                raise request.not_found()
            amounts = {
                self._to_int(name.removeprefix(AMOUNT)): self._to_number(
                    value, request.env._("%s is not an amount.")
                )
                for name, value in form.items()
                if name.startswith(AMOUNT) and value
            }
            files = self._get_files("files")
            return request.env[self._model]._portal_apply(
                contract, amounts, form["note"], lambda record: files and keep_files(record, files)
            )

        return self._create(create, form, request.env._("You have applied for the payment."))

    @route(
        "/my/outsourcing/applications/<int:application_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_application(self, application_id, **kwargs):
        """Show what was applied for and what became of it."""
        return self._show_detail(self._get_record(application_id))

    @route(
        "/my/outsourcing/applications/<int:application_id>/withdraw",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_application_withdraw(self, application_id, **kwargs):
        """Withdraw an application nobody has answered."""
        record = self._get_record(application_id)
        return self._change(record, record._portal_withdraw, request.env._("Withdrawn."))

    @route(
        "/my/outsourcing/applications/<int:application_id>/file/<int:attachment_id>",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_application_file(self, application_id, attachment_id, **kwargs):
        """Send a file that was handed in with the application."""
        record = self._get_record(application_id)
        # sudo: the application was checked; only its own files are sent
        return send_file(record.sudo().attachment_ids, attachment_id)
