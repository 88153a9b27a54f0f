from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing_portal.controllers.open_page import OutsourcingOpenPage


class OutsourcingSatisfaction(OutsourcingOpenPage, Controller):
    """The published result, for everybody who has its link: figures, never words of households."""

    @route(
        "/outsourcing/satisfaction/<string:token>",
        type="http", auth="public", website=True, multilang=False, methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_satisfaction(self, token, **kwargs):
        """Show index, response and the figures by question."""
        self._speak()
        survey = request.env["outsourcing.survey.round"]._find_published(token)
        if not survey:
            values = {"phone": self._get_office_phone()}
            return self._show_open("property_outsourcing_evaluation.page_vote_unknown", values, 404)
        return self._show_open("property_outsourcing_evaluation.page_satisfaction", {"survey": survey})
