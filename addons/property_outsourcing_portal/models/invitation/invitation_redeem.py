import hashlib
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.trade_time import get_zone

from .outsourcing_invitation import TOKEN_LENGTH

PASSWORD_MIN = 8


class OutsourcingInvitation(models.Model):
    """What the page behind the link does. Nobody is logged in there: the token is all that speaks."""

    _inherit = "outsourcing.invitation"

    @api.model
    def _hash_token(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    @api.model
    def _find_by_token(self, token):
        """Return the invitation of ``token`` in sudo, or an empty recordset for anything else."""
        invitations = self.sudo()  # the token is the right to see it
        if not re.fullmatch(rf"[0-9a-f]{{{TOKEN_LENGTH}}}", token or ""):
            return invitations.browse()
        return invitations.search([("token_hash", "=", self._hash_token(token))], limit=1)

    def _redeem(self, password, confirmation):
        """Give the person the portal login with ``password`` and use the invitation up.

        :return: the portal user
        :raise UserError: used up meanwhile, or the password is too short or mistyped
        """
        self.ensure_one()
        invitation = self.sudo()  # the caller came with the token
        invitation.lock_for_update()
        if invitation.state != "new":
            raise UserError(self.env._("This invitation has just been used."))
        if len(password or "") < PASSWORD_MIN:
            raise UserError(self.env._("The password needs at least %s characters.", PASSWORD_MIN))
        if password != confirmation:
            raise UserError(self.env._("The two passwords differ."))
        is_first = not invitation._has_password()
        user = invitation._activate_user(password)
        user._log_password_reset(invitation.create_uid, invitation.approved_by_id, is_first)
        invitation.write({"date_used": fields.Datetime.now(), "user_id": user.id})
        return user

    def _find_login_user(self):
        """Return whoever has the number as login, archived users as well (in sudo)."""
        users = self.env["res.users"].with_context(active_test=False)
        return users.search(users._get_login_domain(self.login), limit=1)

    def _activate_user(self, password):
        # no_reset_password: core would send a mail to whoever has an address
        users = self.env["res.users"].with_context(active_test=False, no_reset_password=True)
        user = users.search([("partner_id", "=", self.partner_id.id)], limit=1)
        other = self._find_login_user() - user
        if other or (user and not user.share):
            raise UserError(self.env._("This invitation can no longer be used. Please ask for a new one."))
        if not self.approved_by_id and self._has_password():
            # set since the invitation was given, which nobody allowed to replace it
            raise UserError(self.env._("This invitation can no longer be used. Please ask for a new one."))
        companies = self._get_companies()
        if user:
            user.write(
                {
                    "active": True,
                    "login": self.login,
                    "password": password,
                    "company_ids": [Command.link(company.id) for company in companies],
                }
            )
            return user
        return users.create(
            {
                "partner_id": self.partner_id.id,
                "login": self.login,
                "password": password,
                "lang": self._get_lang(),
                "tz": get_zone(self),
                "company_id": self.company_id.id,
                "company_ids": [Command.set(companies.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )

    def _get_companies(self):
        """Return every company whose documents name the person or the firm: one phone, one login."""
        contracts = self.env["outsourcing.contract"].search([("contractor_id", "=", self.firm_id.id)])
        communities = self.env["outsourcing.community"].search(
            [("representative_ids", "in", self.partner_id.id)]
        )
        acceptances = self.env["outsourcing.acceptance"].search([("third_party_id", "=", self.firm_id.id)])
        inspections = self.env["outsourcing.inspection"].search([("party_partner_id", "=", self.firm_id.id)])
        return (
            self.company_id
            | contracts.company_id
            | communities.company_id
            | acceptances.company_id
            | inspections.company_id
        )

    @api.model
    def _get_lang(self):
        """Return Chinese where it is installed, else the language of the company."""
        installed = dict(self.env["res.lang"].get_installed())
        return "zh_CN" if "zh_CN" in installed else self.env.company.partner_id.lang or "en_US"
