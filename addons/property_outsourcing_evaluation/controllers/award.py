from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing_portal.controllers.files import send_print
from odoo.addons.property_outsourcing_portal.controllers.mixin import OutsourcingPortalMixin


class OutsourcingAwardPages(OutsourcingPortalMixin, Controller):
    """The gold awards of a contractor, with the certificate."""

    _model = "outsourcing.award"
    _section = "awards"
    _detail_template = "property_outsourcing_evaluation.portal_award"
    _badge_by_state = {"awarded": "green", "revoked": "grey"}

    def _get_title(self):
        return request.env._("Gold partner")

    def _prepare_row(self, record):
        return {
            "url": self._get_url(record),
            "title": record.display_name,
            "subtitle": record.name,
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
        }

    def _prepare_detail_values(self, record, **kwargs):
        return {"page_title": self._get_title(), "badge_class": self._get_badge(record.state)}

    @route(
        ["/my/outsourcing/awards", "/my/outsourcing/awards/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_awards(self, page=1, tab=None, **kwargs):
        """List the gold awards of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/awards/<int:award_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_award(self, award_id, **kwargs):
        """Show why the firm is a gold partner and until when."""
        return self._show_detail(self._get_record(award_id))

    @route(
        "/my/outsourcing/awards/<int:award_id>/pdf",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_award_pdf(self, award_id, **kwargs):
        """Send the certificate."""
        record = self._get_record(award_id)
        if record.state != "awarded":
            raise request.not_found()
        report = "property_outsourcing_evaluation.report_award_certificate"
        return send_print(record, report, f"{record.name}.pdf")
