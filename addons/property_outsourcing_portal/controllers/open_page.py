"""What the pages without a login share. Not a controller itself: each add-on has its own."""

from odoo.http import request

from odoo.addons.property_outsourcing.models.workflow.trade_time import get_zone

from .form_input import OutsourcingFormInput
from .page import set_page


class OutsourcingOpenPage(OutsourcingFormInput):
    """A page for whoever has scanned a code or holds a link: one language, nothing kept by the browser.

    Its routes are ``multilang=False`` and need no session: a form posts with ``csrf=False`` and carries a
    secret of its own, so that a page that lay open still sends.
    """

    def _speak(self):
        """Let a visitor read Chinese where it is installed; who is logged in reads the own language."""
        if request.env.user._is_public():
            request.update_context(lang=request.env["outsourcing.invitation"]._get_lang())

    def _show_open(self, template, values, status=200):
        """Return the answer with the page ``template`` (its external id), without the frame of a site."""
        bare = {"no_footer": True, "no_header": True, "no_breadcrumbs": True}
        response = request.render(template, {**values, **bare}, status=status)
        set_page(response)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _get_office_phone(self):
        """Return the telephone of the property company, "" unless it is known."""
        return request.env.company.sudo().phone or ""  # printed on its papers

    def _say_moment(self, record, moment):
        """Return ``moment`` as all pages write it, in the reader's language and the zone of the company."""
        if not moment:
            return ""
        options = {"tz_name": get_zone(record), "hide_seconds": True}
        return request.env["ir.qweb.field.datetime"].value_to_html(moment, options)
