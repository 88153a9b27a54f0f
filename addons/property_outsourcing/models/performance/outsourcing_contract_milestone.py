from odoo import fields, models
from odoo.exceptions import UserError


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    adjustment_ids = fields.One2many("outsourcing.adjustment", "milestone_id", "Penalties and Rewards")

    def _release_documents(self):
        result = super()._release_documents()
        facts = self.env["outsourcing.fact"].search_count([("milestone_id", "=", self.id)], limit=1)
        if self.adjustment_ids or facts:
            raise UserError(
                self.env._("%s: penalties, rewards or facts refer to this payment row; it stays.", self.name)
            )
        return result
