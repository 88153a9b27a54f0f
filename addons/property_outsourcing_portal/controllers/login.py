from odoo.http import Controller, request, route

LARGE = "outsourcing_large"
YEAR = 365 * 24 * 3600


class OutsourcingLogin(Controller):
    """Who has no e-mail gets a new password from people; who reads badly gets larger type."""

    @route(
        "/outsourcing/forgotten",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def outsourcing_forgotten(self, **kwargs):
        """Say who gives a new password; nothing is told of any login."""
        parameters = request.env["ir.config_parameter"].sudo()  # whether core sends mails for this
        values = {
            "company": request.env.company.sudo(),  # name and phone, printed on every letter
            "by_mail": parameters.get_param("auth_signup.reset_password") == "True",
            "no_footer": True,
            "no_breadcrumbs": True,
        }
        return request.render("property_outsourcing_portal.portal_forgotten", values)

    @route(
        "/my/outsourcing/type",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_type(self, large="", **kwargs):
        """Show the pages on this phone in larger type, or in the usual one."""
        response = request.redirect("/my/outsourcing/account", 303)
        response.set_cookie(LARGE, "1" if large else "", max_age=YEAR if large else 0, samesite="Lax")
        return response
