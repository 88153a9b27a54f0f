import re

from .change_common import PortalChangeCommon
from .core_routes import get_routes

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


class PortalDocumentsCommon(PortalChangeCommon):
    """A document of each kind of page, and the addresses of all pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        amendment = cls._approve_amendment(
            cls.works, {"kind": "row_new", "name": "Secret extra", "amount": 6480.0}, date_effective=cls.today
        )
        acceptance = cls._create_acceptance()
        variation = cls.env["outsourcing.variation"].with_user(cls.portal_contractor)
        variation = variation._portal_create(
            cls.works.with_user(cls.portal_contractor),
            {"title": "Secret tiles", "kind": "site", "date": cls.today, "community_id": cls.community.id},
        )
        logs = cls.env["outsourcing.site.log"].with_user(cls.portal_contractor)
        cls.documents = {
            "contracts": cls.contract,
            "amendments": amendment,
            "variations": variation,
            "inspections": cls._start_inspection(),
            "defects": cls._create_defect(),
            "orders": cls._create_order(),
            "deliverables": cls._create_deliverable(),
            "adjustments": cls._create_adjustment(),
            "scores": cls._create_score(),
            "acceptances": acceptance,
            "concealed": cls._create_concealed(),
            "logs": logs._portal_create(cls.contract.with_user(cls.portal_contractor), {}),
            "settlements": cls._create_submitted_settlement(),
            "applications": cls._create_application(),
            "documents": cls.env["outsourcing.compliance"].search(
                [("partner_id", "=", cls.contractor.id)], limit=1
            ),
            "people": cls._create_contact("Helper", cls.contractor),
        }
        cls.env["outsourcing.firm.person"]._take(cls.portal_contractor.partner_id).is_admin = True
        cls.documents["evidence"] = (
            cls.documents["inspections"]
            .with_user(cls.portal_contractor)
            ._add_evidence([cls._photo()], performer=cls.performer)
        )

    @classmethod
    def _create_submitted_settlement(cls):
        row = cls.contract.milestone_ids.sorted("date_start")[1]
        cls._accept_row(row, row.amount, row.date_end, cls.contract)
        settlement = cls.env["outsourcing.settlement"].create(
            {"contract_id": cls.contract.id, "milestone_ids": [(6, 0, row.ids)]}
        )
        settlement._gated().write({"state": "submitted"})
        return settlement

    @classmethod
    def _create_application(cls):
        row = cls.contract.milestone_ids.sorted("date_start")[2]
        cls._accept_row(row, row.amount, row.date_end, cls.contract)
        applications = cls.env["outsourcing.payment.application"].with_user(cls.portal_contractor)
        application = applications._portal_apply(cls.contract.with_user(cls.portal_contractor), {row.id: 1.0})
        return application.with_env(cls.env)

    # ---- the routes -------------------------------------------------------------------------------------

    def _get_own_routes(self):
        """Yield (address, endpoint) of the routes of the suite, those over core's pages aside."""
        for url, endpoint in get_routes(self.env):
            module = endpoint.original_endpoint.__module__
            if "property_outsourcing" in module and not module.endswith((".core_doors", ".export")):
                if not url.startswith(("/my/home",)) and url != "/my":
                    yield url, endpoint

    def _get_methods(self, endpoint):
        return [method for method in endpoint.routing["methods"] or ("GET", "POST") if method != "OPTIONS"]

    def _fill(self, url, value=None):
        """Return ``url`` with ``value``, or with an own document, as each parameter."""
        section = url.split("/")[3] if url.startswith("/my/outsourcing/") and url.count("/") > 2 else ""

        def get(match):
            if value is not None:
                return value
            if match[2] == "section":
                return "inspections"
            if match[2] == "model":
                return self.documents["inspections"]._name
            other = "inspections" if "<string:model>" in url else "settlements"
            record = self.documents.get(section) or self.documents[other]
            return str(record.id) if match[1] == "int" else "0" * 32

        return PARAMETER.sub(get, url)

    def _get_pages(self):
        """Return the addresses of all pages: lists, documents and forms of new ones."""
        routes = [
            url
            for url, endpoint in self._get_own_routes()
            if "GET" in self._get_methods(endpoint) and endpoint.routing["type"] == "http"
        ]
        files = ("/pdf", "/xlsx", "/thumb", "/file")
        return sorted({self._fill(url) for url in routes if "page/" not in url and not url.endswith(files)})
