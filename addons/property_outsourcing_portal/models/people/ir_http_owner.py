from odoo import models
from odoo.http import request

ACCOUNT = "/my/outsourcing/account"
# core's pages about the owner of a login, and what their forms and buttons send to
OWNERS = {
    "/my/account",
    "/my/address",
    "/my/address/archive",
    "/my/address/submit",
    "/my/addresses",
    "/my/deactivate_account",
    "/my/payment_method",
    "/my/security",
    "/payment/archive_token",
}


class IrHttpOwner(models.AbstractModel):
    """A colleague on a shared phone neither sees nor changes what core keeps of the owner of the login."""

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        # known by the route: an address may carry a language
        if request.session.uid and OWNERS.intersection(endpoint.routing.get("routes", ())):
            user = request.env.user
            if endpoint.routing.get("type") != "http":
                user._check_outsourcing_owner()
            elif user._get_chosen_performer():
                return request.redirect(ACCOUNT, 303)  # says why
        return super()._dispatch(endpoint)
