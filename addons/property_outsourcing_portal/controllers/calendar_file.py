from odoo.http import Controller, content_disposition, request, route

from .mixin import OutsourcingPortalMixin

SECTIONS = ("acceptances", "concealed")


class OutsourcingCalendarFile(OutsourcingPortalMixin, Controller):
    """The meeting on site as an entry of the phone's calendar."""

    _section = "calendar"

    @route(
        "/my/outsourcing/<string:section>/<int:record_id>/calendar.ics",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_calendar_file(self, section, record_id, **kwargs):
        """Send the meeting of an acceptance or a concealed work; one that is gone is sent as cancelled."""
        if section not in SECTIONS:
            raise request.not_found()
        record = self._get_record(record_id, request.env.user._get_outsourcing_sections()[section])
        if request.env.user._get_outsourcing_section(record) != section:
            raise request.not_found()
        # sudo: its number only; read access was checked
        name = f"{record.sudo().name}.ics".replace("/", "-")
        url = f"{record.get_base_url()}/my/outsourcing/{section}/{record.id}"
        headers = [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(record._render_calendar_file(url), headers=headers)
