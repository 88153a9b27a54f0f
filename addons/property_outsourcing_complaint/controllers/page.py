"""What the residents' pages share: the words for the state of a complaint."""

from odoo.http import request

from odoo.addons.property_outsourcing_portal.controllers.open_page import OutsourcingOpenPage

# plain words for the state a complaint is in
BADGES = {
    "new": "text-bg-secondary", "accepted": "text-bg-info", "dispatched": "text-bg-info",
    "done": "text-bg-warning", "returned": "text-bg-warning", "confirmed": "text-bg-success",
    "closed": "text-bg-success", "rejected": "text-bg-secondary", "merged": "text-bg-secondary",
}  # fmt: skip


class OutsourcingResidentPage(OutsourcingOpenPage):
    """Draws a page for whoever has scanned a code or holds a link."""

    def _show(self, template, values, status=200):
        values = {**values, "badges": BADGES, "words": self._get_words()}
        return self._show_open(f"property_outsourcing_complaint.{template}", values, status)

    def _show_invalid(self, code=None):
        phone = request.env["outsourcing.complaint.code"]._get_desk_phone(code)
        return self._show("page_invalid", {"phone": phone or self._get_office_phone()}, status=404)

    def _get_words(self):
        _ = request.env._
        return {
            "new": _("We have received it"),
            "accepted": _("Taken up"),
            "dispatched": _("Somebody has been sent"),
            "done": _("Done, please confirm"),
            "returned": _("Not right yet, being looked at"),
            "confirmed": _("Confirmed as right"),
            "closed": _("Finished"),
            "rejected": _("Not taken up"),
            "merged": _("Known already"),
        }
