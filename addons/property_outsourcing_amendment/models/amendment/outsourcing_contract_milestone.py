from odoo import fields, models


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    amendment_effect_ids = fields.One2many(
        "outsourcing.contract.amendment.effect", "milestone_id", "Changed by"
    )
