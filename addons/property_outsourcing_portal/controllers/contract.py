from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.tools import RUNNING_STATES

from .agreement import OutsourcingAgreementMixin
from .files import send_print


class OutsourcingContractPages(OutsourcingAgreementMixin, Controller):
    _model = "outsourcing.contract"
    _section = "contracts"
    _detail_template = "property_outsourcing_portal.portal_contract"
    _badge_by_state = {"active": "green", "suspended": "yellow", "terminated": "red"}

    def _get_title(self):
        return request.env._("Contracts")

    def _get_filters(self):
        return {
            "open": (request.env._("Running"), Domain([("state", "in", RUNNING_STATES)])),
            "sign": (request.env._("To sign"), Domain([("is_unsigned", "=", True)])),
            "closed": (
                request.env._("Ended"),
                Domain([("state", "not in", ("to_approve", "active", "suspended"))]),
            ),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _prepare_row(self, record):
        return {
            "url": self._get_url(record),
            "title": record.title,
            "subtitle": f"{record.name} · {record.community_id.name}",
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": f"{self._format_date(record.date_start)} – {self._format_date(record.date_end)}",
            "due_class": "text-muted",
        }

    def _prepare_detail_values(self, record, **kwargs):
        documents = request.env["outsourcing.document"]
        if documents.has_access("read"):
            firm_documents = [
                ("partner_id", "=", record.contractor_id.id),
                ("is_superseded", "=", False),
            ]
            documents = documents.search(
                [*firm_documents, "|", ("contract_id", "=", False), ("contract_id", "=", record.id)]
            )
        contract = record.sudo()  # read access was checked by _get_record
        may_sign = contract.is_unsigned and contract.contractor_id == self._get_firm()
        # sudo: names and dates of documents that were found under the user's own access
        return {
            "page_title": record.title,
            "documents": documents.sudo(),
            "badge_class": self._get_badge(record.state),
            "may_sign": may_sign,
            "signers": contract._get_contractor_signers() if may_sign else contract.contractor_id.browse(),
            "duty_groups": contract._get_print_duties(),
            "time_limits": self._group_time_limits(contract.sla_ids),
            "people": contract.person_ids.filtered(lambda row: not row.date_end),
        }

    def _get_firm(self):
        return request.env.user.partner_id.commercial_partner_id

    @route(
        ["/my/outsourcing/contracts", "/my/outsourcing/contracts/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_contracts(self, page=1, tab=None, **kwargs):
        """List the contracts of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/contracts/<int:contract_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_contract(self, contract_id, **kwargs):
        """Show the terms of a contract: clauses, time limits, payment rows, documents with expiry."""
        return self._show_detail(self._get_record(contract_id))

    @route(
        "/my/outsourcing/contracts/<int:contract_id>/pdf",
        type="http", auth="user", website=True, methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_contract_pdf(self, contract_id, **kwargs):
        """Download the contract as it is signed."""
        record = self._get_record(contract_id)
        name = record.sudo().display_name  # read access was checked
        return send_print(
            record, "property_outsourcing.report_outsourcing_contract", f"{name.replace('/', '-')}.pdf"
        )

    @route(
        "/my/outsourcing/contracts/<int:contract_id>/sign",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_contract_sign(self, contract_id, signature="", signer_name="", **kwargs):
        """Sign the contract for the contractor, as one of the people it names."""
        record = self._get_record(contract_id)
        return self._sign_agreement(record, record._portal_sign_contract, signature, signer_name)

    @route(
        "/my/outsourcing/contracts/<int:contract_id>/decline",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_contract_decline(self, contract_id, reason="", **kwargs):
        """Decline to sign the contract: it goes back to its author with the reason."""
        return self._decline_agreement(self._get_record(contract_id), reason)
