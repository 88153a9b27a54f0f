from odoo import fields, models


class OutsourcingServiceTypePlan(models.Model):
    _name = "outsourcing.service.type.plan"
    _inherit = "outsourcing.plan.mixin"
    _description = "Inspection preset of a service type"
    _order = "service_type_id, sequence, id"

    service_type_id = fields.Many2one(
        "outsourcing.service.type", string="Service type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
