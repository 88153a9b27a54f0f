from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing_portal.controllers.page import OutsourcingPage

from .page import BADGES, OutsourcingResidentPage


class OutsourcingMyReports(OutsourcingPage, OutsourcingResidentPage, Controller):
    """What a resident with a login reported; each leads to the page that follows it."""

    _section = "reports"

    def _get_title(self):
        return request.env._("My reports")

    @route(
        "/my/outsourcing/reports",
        type="http", auth="user", website=True, methods=["GET"], sitemap=False, readonly=True,
    )  # fmt: skip
    def outsourcing_my_reports(self, **kwargs):
        """List the own reports, where each stands and what waits for the resident."""
        reporters = request.env["outsourcing.complaint.reporter"]
        rows = []
        for person in reporters._search_own(request.env.user):
            own = person.complaint_id
            main = own._get_main(own)
            place = own.equipment_id.name or own.location_id.complete_name or own.community_id.name
            leads = person.token and person._is_link_valid()  # some days after the end the page is gone
            rows.append(
                {
                    "url": leads and person._get_path(person.token),
                    "title": person._get_matter(),
                    "subtitle": f"{own.name} · {place}",
                    "state": main.state,
                    "date": self._say_moment(own, own.date_received),
                }
            )
        values = {"rows": rows, "words": self._get_words(), "state_badges": BADGES}
        values |= {"codes": request.env.user._get_report_codes(), "back_url": "/my/outsourcing"}
        return self._render("property_outsourcing_complaint.portal_reports", values)
