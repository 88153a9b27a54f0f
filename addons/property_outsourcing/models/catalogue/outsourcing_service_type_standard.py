from odoo import fields, models


class OutsourcingServiceTypeStandard(models.Model):
    _name = "outsourcing.service.type.standard"
    _description = "Preset Quality Standard"
    _inherit = ["outsourcing.standard.mixin"]

    service_type_id = fields.Many2one(
        "outsourcing.service.type", required=True, index=True, ondelete="cascade"
    )
