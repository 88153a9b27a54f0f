from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..invitation.outsourcing_invitation import MANAGER, SUPERVISOR

# what a login is allowed to change of its own person
OWN_DATA = {
    "name", "email", "phone", "lang", "tz", "image_1920", "vat", "website", "company_name", "function",
    "street", "street2", "zip", "city", "state_id", "country_id",
}  # fmt: skip


class ResPartner(models.Model):
    _inherit = "res.partner"

    outsourcing_is_firm_admin = fields.Boolean(
        "Looks after the firm's people",
        compute="_compute_outsourcing_is_firm_admin",
        compute_sudo=True,
        groups="base.group_user",
        help="In the portal: invites colleagues, gives PINs and contracts, removes them.",
    )

    def _compute_outsourcing_is_firm_admin(self):
        rows = self.env["outsourcing.firm.person"].search(
            [("partner_id", "in", self.ids), ("is_admin", "=", True)]
        )
        for partner in self:
            partner.outsourcing_is_firm_admin = partner._origin in rows.partner_id

    def action_outsourcing_make_firm_admin(self):
        """Let this person look after the people of the firm in the portal, or no longer."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(SUPERVISOR):
            raise AccessError(
                self.env._("Only staff of the property company says who looks after a firm's people.")
            )
        person = self.sudo()  # the group was checked
        if person.is_company or not person.parent_id:
            raise UserError(self.env._("%s does not belong to a firm.", person.name))
        if not person.user_ids.filtered("share"):
            raise UserError(self.env._("%s needs a login first.", person.name))
        self._check_outsourcing_firm_known(person)
        row = self.env["outsourcing.firm.person"]._take(person)
        unlimited = {"is_limited": False, "contract_ids": [Command.clear()]}
        row.write({"is_admin": not row.is_admin, "date_removed": False, **unlimited})
        body = (
            self.env._("%s looks after the people of the firm in the portal.", person.name)
            if row.is_admin
            else self.env._("%s no longer looks after the people of the firm in the portal.", person.name)
        )
        person._message_log(body=body)

    def _check_outsourcing_firm_known(self, person):
        """Raise AccessError if the firm of ``person`` (in sudo) works for no community of the supervisor."""
        user, firm = self.env.user, person.commercial_partner_id
        if not user.has_group(MANAGER) and not firm._is_outsourcing_firm_known_to(user):
            raise AccessError(self.env._("%s has nothing to do with your communities.", firm.name))

    def _check_outsourcing_own_data(self, vals):
        """Raise UserError where a colleague on the phone would change the data of the owner of the login.

        A new password goes to the e-mail: the colleague would take the login over, rights and all.
        """
        own = self.sudo() & self.env.user.partner_id  # compared only
        if not own:
            return
        for name in OWN_DATA & set(vals):
            kept = own._fields[name].convert_to_write(own[name], own)
            if (vals[name] or False) != (kept or False):
                self.env.user._check_outsourcing_owner()

    def write(self, vals):
        if OWN_DATA & set(vals) and self.env.user._get_chosen_performer():
            self._check_outsourcing_own_data(vals)
        result = super().write(vals)
        if {"parent_id", "is_company"} & set(vals):
            # who changes the firm has neither rights nor a PIN there; sudo: module code's own rows
            rows = self.env["outsourcing.firm.person"].sudo().search([("partner_id", "in", self.ids)])
            rows.filtered(lambda row: row.firm_id != row.partner_id.commercial_partner_id).unlink()
        return result
