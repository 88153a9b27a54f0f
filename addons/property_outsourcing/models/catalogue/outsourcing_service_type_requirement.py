from odoo import fields, models


class OutsourcingServiceTypeRequirement(models.Model):
    _name = "outsourcing.service.type.requirement"
    _description = "Preset document requirement"
    _inherit = ["outsourcing.document.requirement.mixin"]

    service_type_id = fields.Many2one(
        "outsourcing.service.type", required=True, index=True, ondelete="cascade"
    )
