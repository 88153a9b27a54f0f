from odoo.http import Controller, request, route

from .files import send_print
from .mixin import OutsourcingPortalMixin

REPORT = "property_outsourcing_repairs.report_order_rollup"


class OutsourcingRollupPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.order.rollup"
    _section = "rollups"
    _detail_template = "property_outsourcing_portal.portal_rollup"

    def _get_title(self):
        return request.env._("Monthly roll-ups")

    def _prepare_row(self, record):
        return {
            "url": self._get_url(record),
            "title": record.contract_id.title,
            "subtitle": " · ".join((record.name, f"{record.month:%Y-%m}", record.community_id.name)),
            "amount": record.amount_total,
            "currency": record.currency_id,
            "badge": request.env._("%s order(s)", record.order_count),
            "badge_class": self._get_badge("grey"),
        }

    def _prepare_detail_values(self, record, **kwargs):
        return {"page_title": record.name}

    @route(
        ["/my/outsourcing/rollups", "/my/outsourcing/rollups/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_rollups(self, page=1, tab=None, **kwargs):
        """List the monthly roll-ups of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/rollups/<int:rollup_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_rollup(self, rollup_id, **kwargs):
        """Show which orders make up the amount of a month."""
        return self._show_detail(self._get_record(rollup_id))

    @route(
        "/my/outsourcing/rollups/<int:rollup_id>/pdf",
        type="http", auth="user", methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_rollup_pdf(self, rollup_id, **kwargs):
        """Send the roll-up as PDF."""
        record = self._get_record(rollup_id)
        return send_print(record, REPORT, f"{record.name}.pdf")
