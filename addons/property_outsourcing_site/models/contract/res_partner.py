from odoo import models

from odoo.addons.property_outsourcing.tools import RUNNING_STATES, labelled


class ResPartner(models.Model):
    """Whoever carries out the inspections of a running contract is needed."""

    _inherit = "res.partner"

    def _get_uses(self):
        uses = super()._get_uses()
        plans = self.env["outsourcing.inspection.plan"].sudo()  # names of plans only
        running = [("party_partner_id", "in", self.ids), ("contract_id.state", "in", RUNNING_STATES)]
        for plan in plans.search(running):
            name = labelled(self.env, plan.contract_id.display_name, plan.display_name)
            uses.setdefault(self.browse(plan.party_partner_id.id), []).append(name)
        return uses
