from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing_portal.controllers.mixin import OutsourcingPortalMixin


class OutsourcingSurveyPages(OutsourcingPortalMixin, Controller):
    """The surveys of the communities whose owners somebody represents: how to vote, and the results."""

    _model = "outsourcing.survey.round"
    _section = "surveys"
    _takes_messages = False  # a household stays unnamed
    _detail_template = "property_outsourcing_evaluation.portal_survey"
    _badge_by_state = {"running": "blue", "published": "green"}

    def _get_title(self):
        return request.env._("Satisfaction surveys")

    def _get_filters(self):
        return {
            "all": (request.env._("All"), Domain.TRUE),
            "running": (request.env._("Running"), Domain("state", "=", "running")),
            "published": (request.env._("Published"), Domain("state", "=", "published")),
        }

    def _prepare_row(self, record):
        text, css = self._format_deadline(record.date_to) if record.state == "running" else ("", "")
        shown = record.state == "published" and record.is_representative
        return {
            "url": self._get_url(record),
            "title": record.display_name,
            "subtitle": record.name,
            "figure": f"{record.score:g}" if shown else "",
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        survey = record.sudo()  # read access was checked by _get_record
        return {
            "page_title": survey.period_label,
            "badge_class": self._get_badge(survey.state),
            "is_open": survey._is_open(),
        }

    @route(
        ["/my/outsourcing/surveys", "/my/outsourcing/surveys/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_surveys(self, page=1, tab=None, **kwargs):
        """List the surveys of the communities."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/surveys/<int:survey_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_survey(self, survey_id, **kwargs):
        """Show where the household votes, how many have, and the result once it is published."""
        return self._show_detail(self._get_record(survey_id))
