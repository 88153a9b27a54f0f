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
            self._count(token)
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
        invitation = invitations._find_by_token(token)
        attempts = self._get_attempts()
        if attempts._is_link_blocked(invitations._hash_token(token)):
            return invitations.browse(), True
        # A right link is let in whatever others tried from its address, which a whole site may share.
        if not invitation:
            if attempts._is_address_blocked(request.httprequest.remote_addr):
                return invitation, True
            self._count(token)
        return invitation, False

    def _get_attempts(self):
        # sudo: nobody is logged in; what is read is a count
        return request.env["outsourcing.invitation.attempt"].sudo()

    def _count(self, token):
        """Keep that ``token`` was tried in vain; the address is a proxy's word in ``proxy_mode`` only."""
        link_hash = request.env["outsourcing.invitation"]._hash_token(token)
        self._get_attempts()._record(request.httprequest.remote_addr or "-", link_hash)

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
