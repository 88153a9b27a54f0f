from odoo.exceptions import AccessDenied, UserError
from odoo.http import Controller, request, route

HOME = "/my/outsourcing"


class OutsourcingJoin(Controller):
    """The page behind an invitation."""

    @route(
        "/outsourcing/join/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def outsourcing_join(self, token, **kwargs):
        """Ask the invited person for a password."""
        return self._show(*self._find(token), token)

    @route(
        "/outsourcing/join/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def outsourcing_join_submit(self, token, password="", confirmation="", **kwargs):
        """Set the password, use the invitation up and log the person in."""
        invitation, blocked = self._find(token)
        if blocked or not invitation or invitation.state != "new":
            return self._show(invitation, blocked, token)
        try:
            with request.env.cr.savepoint():
                user = invitation._redeem(str(password), str(confirmation))
        except UserError as error:
            return self._show(invitation, blocked, token, error=str(error.args[0]))
        login = user.login
        request.env.cr.commit()  # the log-in below reads with a cursor of its own
        request.session.logout(keep_db=True)  # somebody else may have been using this phone
        try:
            credential = {"type": "password", "login": login, "password": str(password)}
            request.session.authenticate(request.env, credential)
        except AccessDenied:
            return request.redirect(f"/web/login?redirect={HOME}", 303)
        return request.redirect(HOME, 303)

    def _find(self, token):
        invitations = request.env["outsourcing.invitation"]
        if request.env.user._is_public():  # who is logged in reads his own language
            request.update_context(lang=invitations._get_lang())
        address = request.httprequest.remote_addr
        if invitations._is_blocked(address):
            return invitations.browse(), True
        invitation = request.env["outsourcing.invitation"]._find_by_token(token)
        if not invitation:
            invitations._count_failure(address)
        return invitation, False

    def _show(self, invitation, blocked, token, error=None):
        # unknown, revoked and expired look the same: a guess learns nothing
        state = invitation.state if invitation and invitation.state in ("new", "used") else "invalid"
        values = {
            "invitation": invitation if state == "new" else None,
            "state": "blocked" if blocked else state,
            "date_used": invitation.date_used if state == "used" else None,
            "token": token,
            "error": error,
            "no_footer": True,
            "no_breadcrumbs": True,
        }
        response = request.render("property_outsourcing_portal.portal_join", values)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
