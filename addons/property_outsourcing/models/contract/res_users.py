from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_outsourcing_offices(self):
        roles = super()._get_outsourcing_offices()
        running = [("manager_id", "=", self.id), ("state", "in", ("to_approve", "active", "suspended"))]
        contracts = self.env["outsourcing.contract"].search(running)
        return roles + [self.env._("Project manager: %s", contract.display_name) for contract in contracts]
