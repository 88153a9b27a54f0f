from odoo import fields, models


class OutsourcingServiceTypeSla(models.Model):
    _name = "outsourcing.service.type.sla"
    _description = "Preset SLA Term"
    _inherit = ["outsourcing.sla.mixin"]

    service_type_id = fields.Many2one(
        "outsourcing.service.type", required=True, index=True, ondelete="cascade"
    )
