from odoo import models
from odoo.exceptions import UserError


class OutsourcingCommunity(models.Model):
    _inherit = "outsourcing.community"

    def action_outsourcing_invite(self):
        """Open the form that invites an owners' representative of this community to the portal."""
        self.ensure_one()
        people = self.representative_ids
        if not people:
            raise UserError(self.env._("Name an owners' representative of the community first."))
        action = people[0].action_outsourcing_invite()
        if len(people) > 1:
            action["context"].update(default_partner_id=False, default_login=False, default_role=False)
        action["context"].update(
            outsourcing_invite_ids=people.ids, default_role=self.env._("Owners' representative")
        )
        return action
