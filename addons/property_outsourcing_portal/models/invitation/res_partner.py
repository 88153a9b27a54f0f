from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .res_partner_keeper import MANAGER
from .res_users_account import ACTIVITY_LEAVE


class ResPartner(models.Model):
    _inherit = "res.partner"

    outsourcing_invitation_ids = fields.One2many(
        "outsourcing.invitation", "partner_id", string="Portal invitations"
    )
    outsourcing_portal_login = fields.Char(
        string="Portal login",
        compute="_compute_outsourcing_portal_login",
        compute_sudo=True,
        groups="base.group_user",
        help="Mobile number the person logs in with, if invited and joined.",
    )

    def _compute_outsourcing_portal_login(self):
        users = self.env["res.users"].search([("partner_id", "in", self.ids), ("share", "=", True)])
        logins = {user.partner_id.id: user.login for user in users}
        for partner in self:
            partner.outsourcing_portal_login = logins.get(partner._origin.id, False)

    def _is_outsourcing_firm_known_to(self, user):
        """Return whether the firm stands on a contract, an acceptance or an inspection that ``user`` sees."""
        self.ensure_one()
        env = self.with_user(user).env
        if env["outsourcing.contract"].search_count([("contractor_id", "=", self.id)], limit=1):
            return True
        third_party = [("third_party_id.commercial_partner_id", "=", self.id)]
        return any(
            env[model].search_count(third_party, limit=1)
            for model in ("outsourcing.acceptance", "outsourcing.concealed.work")
        ) or bool(env["outsourcing.inspection"].search_count([("party_partner_id", "=", self.id)], limit=1))

    def action_outsourcing_invite(self):
        """Open the form that invites this person, or one of the people of this firm, to the portal."""
        self.ensure_one()
        person = self.browse() if self.is_company else self
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_portal.outsourcing_invitation_new_action"
        )
        return action | {
            "context": {
                "default_partner_id": person.id,
                "default_login": person.outsourcing_portal_login or person.phone or False,
                "default_role": person.function or False,
                "outsourcing_invite_ids": (self.child_ids if self.is_company else self).ids,
            }
        }

    def action_outsourcing_close_login(self):
        """Close the portal login of these people: who asked to leave, or no longer works for the firm."""
        self.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only an outsourcing manager closes a portal login."))
        people, said = self.sudo(), {}  # a manager decides
        for person in people:
            users = person.user_ids.filtered("share")
            if not users:
                raise UserError(self.env._("%s has no open portal login.", person.name))
            said[person.id] = self.env._("The portal login %s was closed.", users[0].login)
        people.user_ids.filtered("share").action_archive()
        people._message_log_batch(said)
        people.activity_feedback([ACTIVITY_LEAVE])
