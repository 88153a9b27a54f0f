from odoo.http import Controller, request, route

from .page import OutsourcingPage


class OutsourcingOutbox(OutsourcingPage, Controller):
    """What waits on the phone; the server knows of it only what has come in."""

    _section = "outbox"

    def _get_title(self):
        return request.env._("Waiting to be sent")

    @route(
        "/my/outsourcing/outbox",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_outbox(self, **kwargs):
        """Show what waits on this phone; the list is drawn by the script of the page."""
        return self._render("property_outsourcing_portal.portal_outbox", {"back_url": "/my/outsourcing"})

    @route("/my/outsourcing/ping", type="jsonrpc", auth="public", methods=["POST"], sitemap=False)
    def outsourcing_ping(self, **kwargs):
        """Tell who is logged in, and the token that lets this session send forms."""
        uid = request.session.uid or False
        performer = uid and request.env.user._get_performer_key()
        return {"uid": uid, "performer": performer or "", "csrf_token": request.csrf_token()}
