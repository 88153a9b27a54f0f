from odoo.fields import Domain
from odoo.http import Controller, request, route

from .agreement import OutsourcingAgreementMixin
from .files import send_print


class OutsourcingAmendmentPages(OutsourcingAgreementMixin, Controller):
    _model = "outsourcing.contract.amendment"
    _section = "amendments"
    _detail_template = "property_outsourcing_portal.portal_amendment"
    _badge_by_state = {"to_sign": "yellow", "signed": "blue", "active": "green"}

    def _get_title(self):
        return request.env._("Amendments")

    def _get_filters(self):
        return {
            "open": (request.env._("To sign"), Domain([("state", "=", "to_sign")])),
            "signed": (request.env._("Signed"), Domain([("state", "in", ("signed", "active"))])),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _prepare_row(self, record):
        waits = record.state == "to_sign"
        text, css = (
            self._format_deadline(record.date_sign_due)
            if waits
            else (self._format_date(record.date_effective), "text-muted")
        )
        return {
            "url": self._get_url(record),
            "title": record.title,
            "subtitle": " · ".join(filter(None, (record.name, record.contract_id.title))),
            "amount": record.amount_delta,
            "currency": record.currency_id,
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        mine = doc.contractor_id == request.env.user.partner_id.commercial_partner_id
        may_sign = mine and doc.state == "to_sign"
        signers = doc.contract_id._get_contractor_signers() if may_sign else doc.contractor_id.browse()
        own = request.env.user.name
        return {
            "page_title": doc.title,
            "badge_class": self._get_badge(doc.state),
            "may_sign": may_sign,
            "signers": signers,
            "deadline": self._format_deadline(doc.date_sign_due, done=doc.state != "to_sign"),
            "signer_name": own
            if own in signers.mapped("name")
            else signers.name
            if len(signers) == 1
            else "",
        }

    @route(
        ["/my/outsourcing/amendments", "/my/outsourcing/amendments/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_amendments(self, page=1, tab=None, **kwargs):
        """List the amendments of the firm's contracts, those to sign first."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/amendments/<int:amendment_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_amendment(self, amendment_id, **kwargs):
        """Show what changes, and the place to sign."""
        return self._show_detail(self._get_record(amendment_id))

    @route(
        "/my/outsourcing/amendments/<int:amendment_id>/pdf",
        type="http", auth="user", website=True, methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_amendment_pdf(self, amendment_id, **kwargs):
        """Send the amendment as it is printed and signed on paper."""
        record = self._get_record(amendment_id)
        report = "property_outsourcing_amendment.report_contract_amendment"
        return send_print(record, report, f"amendment-{record.id}.pdf")

    @route(
        "/my/outsourcing/amendments/<int:amendment_id>/sign",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_amendment_sign(self, amendment_id, signature="", signer_name="", **kwargs):
        """Sign the amendment for the contractor."""
        record = self._get_record(amendment_id)
        return self._sign_agreement(record, record._portal_sign, signature, signer_name)

    @route(
        "/my/outsourcing/amendments/<int:amendment_id>/decline",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_amendment_decline(self, amendment_id, reason="", **kwargs):
        """Decline to sign the amendment: it goes back to its author with the reason."""
        return self._decline_agreement(self._get_record(amendment_id), reason)
