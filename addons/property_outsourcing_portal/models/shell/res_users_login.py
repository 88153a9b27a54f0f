from odoo import api, models

from odoo.addons.property_outsourcing.tools import normalise_login


class ResUsersLogin(models.Model):
    """A mobile number is one login, whether typed in full-width digits, with spaces, dashes or +86."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalise_login_vals(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalise_login_vals(vals))

    @api.model
    def _normalise_login_vals(self, vals):
        return {**vals, "login": normalise_login(vals["login"])} if vals.get("login") else vals

    def _get_login_domain(self, login):
        domain = super()._get_login_domain(login)
        number = normalise_login(login)
        # both: a number kept in another form before stays a login
        return domain if number == login else domain | super()._get_login_domain(number)
