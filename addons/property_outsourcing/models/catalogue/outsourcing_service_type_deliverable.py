from odoo import fields, models


class OutsourcingServiceTypeDeliverable(models.Model):
    _name = "outsourcing.service.type.deliverable"
    _description = "Preset Deliverable"
    _inherit = ["outsourcing.deliverable.mixin"]

    service_type_id = fields.Many2one(
        "outsourcing.service.type", required=True, index=True, ondelete="cascade"
    )
