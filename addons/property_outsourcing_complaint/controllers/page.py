"""What the pages without a login share: the words of the place, one language, nothing kept by the browser."""

from odoo.http import request

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_time
from odoo.addons.property_outsourcing_portal.controllers.form_input import OutsourcingFormInput

# plain words for the state a complaint is in
BADGES = {
    "new": "text-bg-secondary", "accepted": "text-bg-info", "dispatched": "text-bg-info",
    "done": "text-bg-warning", "returned": "text-bg-warning", "confirmed": "text-bg-success",
    "closed": "text-bg-success", "rejected": "text-bg-secondary", "merged": "text-bg-secondary",
}  # fmt: skip


class OutsourcingResidentPage(OutsourcingFormInput):
    """Draws a page for whoever has scanned a code or holds a link."""

    def _speak(self):
        """Let a visitor read Chinese where it is installed; who is logged in reads the own language."""
        if request.env.user._is_public():
            request.update_context(lang=request.env["outsourcing.invitation"]._get_lang())

    def _show(self, template, values, status=200):
        values = {
            **values,
            "no_footer": True,
            "no_header": True,
            "no_breadcrumbs": True,
            "badges": BADGES,
            "words": self._get_words(),
        }
        response = request.render(f"property_outsourcing_complaint.{template}", values, status=status)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _show_invalid(self):
        return self._show("page_invalid", {}, status=404)

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

    def _say_moment(self, record, moment):
        return f"{trade_time(record, moment):%m-%d %H:%M}" if moment else ""
