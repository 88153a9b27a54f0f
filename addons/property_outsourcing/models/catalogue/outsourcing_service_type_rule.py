from odoo import fields, models


class OutsourcingServiceTypeRule(models.Model):
    _name = "outsourcing.service.type.rule"
    _description = "Preset Penalty or Reward Clause"
    _inherit = ["outsourcing.rule.mixin"]

    service_type_id = fields.Many2one(
        "outsourcing.service.type", required=True, index=True, ondelete="cascade"
    )
