from odoo.http import Controller, request, route

from .page import OutsourcingPage


class OutsourcingServices(OutsourcingPage, Controller):
    """What is done in a community, by whom, how often and how fast: for its owners' representatives."""

    _section = "services"

    def _get_title(self):
        return request.env._("Services of the community")

    @route(
        "/my/outsourcing/services",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_services(self, **kwargs):
        """Show the running contracts of the communities the person represents, without amounts."""
        places = request.env.user._get_outsourcing_services()
        if "representative" not in self._get_roles():
            raise request.not_found()
        services = [self._prepare_service(contract, community) for contract, community in places]
        values = {"services": services, "back_url": "/my/outsourcing"}
        return self._render("property_outsourcing_portal.portal_services", values)

    def _prepare_service(self, contract, community):
        """Return what the page shows of a contract (in sudo): words and days alone."""
        plans = contract.inspection_plan_ids.filtered(
            lambda plan: plan.active and plan.community_id == community
        )
        return {
            "community": community.name,
            "title": contract.title,
            "service": contract.service_type_id.name,
            "firm": contract.contractor_id.name,
            "term": f"{self._format_date(contract.date_start)} – {self._format_date(contract.date_end)}",
            "duties": [(label, duties.mapped("name")) for label, duties in contract._get_print_duties()],
            "rounds": list(dict.fromkeys(plans.mapped("name"))),
            "limits": self._group_time_limits(contract.sla_ids),
        }
