from odoo import models
from odoo.exceptions import AccessError, UserError


class ResUsers(models.Model):
    """The logins of firms and persons that documents name are closed by staff, never by themselves."""

    _inherit = "res.users"

    def _is_outsourcing_party(self):
        """Return whether this is a login of the portal whose person or firm documents of the suite name."""
        self.ensure_one()
        partner = self.sudo().partner_id  # whether it is named, nothing is handed out
        return self.share and bool((partner | partner.commercial_partner_id)._filter_named_in_outsourcing())

    def _is_outsourcing_firm_member(self):
        """Return whether the party is a firm; its name and address stand in contracts."""
        firm = self.sudo().partner_id.commercial_partner_id  # the kind of contact only
        return bool(firm.is_company or firm.outsourcing_state) and self._is_outsourcing_party()

    def _get_signature_remark(self, moment):
        """Return what has to be known about signatures of this login at ``moment``, or False. Hook."""
        return False

    def _deactivate_portal_user(self, **post):
        if any(user._is_outsourcing_party() for user in self):
            raise UserError(
                self.env._(
                    "Contracts or records name you, so the property company closes this login. Ask it to."
                )
            )
        return super()._deactivate_portal_user(**post)


class ResUsersApikeysDescription(models.TransientModel):
    """A key outlives a lost phone and a new password."""

    _inherit = "res.users.apikeys.description"

    def check_access_make_key(self):
        """Refuse keys to the parties of contracts, also where the portal offers them."""
        if self.env.user._is_outsourcing_party():
            raise AccessError(self.env._("Logins of the outsourcing portal have no API keys."))
        return super().check_access_make_key()
