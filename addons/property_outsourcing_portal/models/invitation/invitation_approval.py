from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .res_partner_keeper import MANAGER

ACTIVITY_APPROVE = "property_outsourcing_portal.activity_type_portal_reset"


class OutsourcingInvitation(models.Model):
    """Who has a password signs with it: a link that replaces it takes the person's place until they notice.

    So a supervisor's link waits for a manager, and the person and the colleagues are told who was behind it.
    """

    _inherit = "outsourcing.invitation"

    is_reset = fields.Boolean(
        string="Replaces a password", readonly=True, copy=False, help="The person had a password already."
    )
    approved_by_id = fields.Many2one(
        "res.users", string="Allowed by", readonly=True, copy=False, help="The manager who allowed the link."
    )
    date_approved = fields.Datetime(string="Allowed on", readonly=True, copy=False)

    def action_approve(self):
        """Let the link replace the person's password, as a manager."""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only an outsourcing manager allows a link that replaces a password.")
            )
        self.check_access("read")
        for invitation in self:
            if invitation.state != "waiting":
                raise UserError(
                    self.env._(
                        "The invitation of %(person)s is %(state)s: there is nothing to allow.",
                        person=invitation.partner_id.name,
                        state=invitation._get_state_label(),
                    )
                )
        self.sudo()._approve()  # the manager was checked

    def _approve(self):
        now = fields.Datetime.now()
        for company, invitations in self.grouped("company_id").items():
            until = now + timedelta(days=company.outsourcing_invitation_days)
            invitations.write({"approved_by_id": self.env.uid, "date_approved": now, "date_expiry": until})
        self.partner_id.activity_feedback([ACTIVITY_APPROVE])
        self.partner_id._schedule_events(
            ACTIVITY_APPROVE,
            {
                invitation.partner_id: {
                    "summary": self.env._("Allowed: forward the new link to %s", invitation.partner_id.name),
                    "users": invitation.create_uid,
                }
                for invitation in self
                if invitation.create_uid != self.env.user
            },
        )

    def _authorise(self):
        """Mark the links that replace a password; those of supervisors wait for a manager, who is asked."""
        user = self.env.user
        # a firm's own admin comes in sudo, and allows nothing
        is_manager = user.has_group(MANAGER) or (self.env.su and not user.share)
        for invitation in self.sudo():  # the inviter was checked
            is_reset = invitation._has_password()
            vals = {"is_reset": is_reset}
            if is_manager:
                vals |= {"approved_by_id": self.env.uid, "date_approved": fields.Datetime.now()}
            invitation.write(vals)
            if is_reset and not is_manager:
                invitation._ask_manager()

    def _ask_manager(self):
        person = self.partner_id
        person._schedule_event(
            ACTIVITY_APPROVE,
            self.env._("Allow a new link for %s, who has a password?", person.name),
            note=self.env._("Asked by %s.", self.create_uid.name),
            users=person._get_outsourcing_keeper(),
        )

    def _has_password(self):
        """Return whether the person has set a password, archived logins included."""
        self.ensure_one()
        users = self.sudo().with_context(active_test=False).partner_id.user_ids  # whether, not which
        if not users:
            return False
        # the field itself is always read as empty
        query = SQL("SELECT 1 FROM res_users WHERE id IN %s AND password <> '' LIMIT 1", tuple(users.ids))
        return bool(self.env.execute_query(query))
