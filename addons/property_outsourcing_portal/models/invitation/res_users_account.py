from odoo import models
from odoo.exceptions import UserError

ACTIVITY_LEAVE = "property_outsourcing_portal.activity_type_portal_leave"


class ResUsersAccount(models.Model):
    """What people of the portal keep themselves: how they are reached. The rest they ask for."""

    _inherit = "res.users"

    def _get_outsourcing_leave_requests(self):
        """Return the open requests to leave, activities in sudo."""
        self.ensure_one()
        # sudo: the person's own requests
        return self.sudo().partner_id.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.sudo().env.ref(ACTIVITY_LEAVE)
        )

    def _request_outsourcing_leave(self, reason):
        """Ask whoever looks after the person to close the login.

        :param str reason: why, for staff to read
        :raise UserError: no reason, it was asked before, or a colleague works with the login
        """
        self.ensure_one()
        self._check_outsourcing_owner()
        if not reason:
            raise UserError(self.env._("Please write why, and from when on."))
        if self._get_outsourcing_leave_requests():
            raise UserError(self.env._("You have asked before; the property company will answer you."))
        person = self.sudo().partner_id  # of the acting user
        person._schedule_event(
            ACTIVITY_LEAVE,
            self.env._("%s wants to leave the portal", person.name),
            note=reason,
            users=person._get_outsourcing_keeper(),
        )
