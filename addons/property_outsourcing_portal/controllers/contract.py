from odoo.fields import Domain
from odoo.http import Controller, request, route

from .mixin import OutsourcingPortalMixin


class OutsourcingContractPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.contract"
    _section = "contracts"
    _detail_template = "property_outsourcing_portal.portal_contract"
    _badge_by_state = {"active": "green", "suspended": "yellow", "terminated": "red"}

    def _get_title(self):
        return request.env._("Contracts")

    def _get_filters(self):
        return {
            "open": (request.env._("Running"), Domain([("state", "in", ("active", "suspended"))])),
            "closed": (request.env._("Ended"), Domain([("state", "not in", ("active", "suspended"))])),
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
                ("partner_id", "child_of", record.contractor_id.id),
                ("is_superseded", "=", False),
            ]
            documents = documents.search(
                [*firm_documents, "|", ("contract_id", "=", False), ("contract_id", "=", record.id)]
            )
        return {
            "page_title": record.title,
            "documents": documents.sudo(),
            "badge_class": self._get_badge(record.state),
        }

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
