from odoo.exceptions import UserError
from odoo.http import Controller, request, route
from odoo.tools import email_normalize

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day

from .mixin import OutsourcingPortalMixin


class OutsourcingAccountPages(OutsourcingPortalMixin, Controller):
    """The person's own data: how to be reached, and how to leave."""

    _section = "account"

    def _get_title(self):
        return request.env._("My data")

    def _get_list_url(self):
        return "/my/outsourcing/account"

    @route(
        "/my/outsourcing/account",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_account(self, **kwargs):
        """Show what is kept of the person, and what of it the person may change."""
        return self._show_account()

    @route(
        "/my/outsourcing/account/save",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_account_save(self, **post):
        """Change phone, e-mail and language of the person, nothing else."""
        form = {name: self._to_text(post.get(name), 80) for name in ("phone", "email", "lang")}

        def save():
            request.env.user._check_outsourcing_owner()
            request.env.user.write(self._prepare_account_vals(form))  # core: one's own contact data

        return self._attempt_account(save, request.env._("Saved."), form)

    @route(
        "/my/outsourcing/account/leave",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_account_leave(self, **post):
        """Ask the property company to close the login."""
        form = {"reason": self._to_text(post.get("reason"), 500)}

        def leave():
            request.env.user._request_outsourcing_leave(form["reason"])

        success = request.env._("The property company was asked. Until it answers you can go on as before.")
        return self._attempt_account(leave, success, form)

    def _attempt_account(self, action, success, form):
        error = self._attempt(action)
        if error:
            return self._refuse(error, lambda: self._show_account(error, form))
        return self._succeed(request.env.user.partner_id, self._get_list_url(), success)

    def _show_account(self, error=None, form=None):
        user = request.env.user
        if user._get_chosen_performer():  # a colleague on a shared phone
            values = {"error": error, "sentence": user._get_owner_sentence(), "back_url": "/my/outsourcing"}
            return self._render("property_outsourcing_portal.portal_account_colleague", values)
        values = {
            "error": error,
            "form": form or {},
            "person": user.partner_id.sudo(),  # the acting person
            "languages": request.env["res.lang"].get_installed(),
            "may_become_admin": user._may_become_firm_admin(),
            "leaving": self._describe_leaving(user._get_outsourcing_leave_requests()[:1]),
            "back_url": "/my/outsourcing",
        }
        return self._render("property_outsourcing_portal.portal_account", values)

    def _describe_leaving(self, request_to_leave):
        if not request_to_leave:
            return False
        day = trade_day(request.env.user, request_to_leave.create_date)
        return request.env._(
            "You asked to leave on %s. The property company closes the login or calls you.",
            self._format_date(day),
        )

    def _prepare_account_vals(self, form):
        if form["email"] and not email_normalize(form["email"]):
            raise UserError(request.env._("%s is not an e-mail address.", form["email"]))
        vals = {"phone": form["phone"], "email": form["email"]}
        if form["lang"] in dict(request.env["res.lang"].get_installed()):
            vals["lang"] = form["lang"]
        return vals
