from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing_portal.controllers.mixin import OutsourcingPortalMixin


class ExtensionMeterPages(OutsourcingPortalMixin, Controller):
    """Meters and their readings, for the firm that reads them."""

    _model = "extension.meter"
    _section = "meters"
    _detail_template = "test_outsourcing_extension.portal_meter"

    def _get_title(self):
        return request.env._("Meters")

    def _prepare_row(self, record):
        last = record.reading_ids.sorted("date")[-1:]
        return {
            "url": self._get_url(record),
            "title": record.name,
            "subtitle": record.contract_id.title,
            "badge": request.env._("Read") if last else request.env._("Never read"),
            "badge_class": self._get_badge("read" if last else "unread"),
            "due": self._format_date(last.date),
        }

    @route(
        ["/my/outsourcing/meters", "/my/outsourcing/meters/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def extension_meters(self, page=1, tab=None, **kwargs):
        """List the meters the firm reads."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/meters/<int:meter_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def extension_meter(self, meter_id, **kwargs):
        """Show a meter with its readings."""
        return self._show_detail(self._get_record(meter_id))
