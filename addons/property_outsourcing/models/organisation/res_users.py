from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_outsourcing_offices(self):
        roles = super()._get_outsourcing_offices()
        areas = self.env["outsourcing.area"].search([("manager_id", "=", self.id)])
        roles += [self.env._("Area manager: %s", area.complete_name) for area in areas]
        communities = self.env["outsourcing.community"]
        own = communities.search([("manager_id", "=", self.id)])
        roles += [self.env._("Community manager: %s", community.name) for community in own]
        supervised = communities.search([("supervisor_ids", "in", self.ids)])
        roles += [self.env._("Supervisor: %s", community.name) for community in supervised]
        return roles
