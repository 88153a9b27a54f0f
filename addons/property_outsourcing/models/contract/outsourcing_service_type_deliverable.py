from odoo import fields, models


class OutsourcingServiceTypeDeliverable(models.Model):
    _name = "outsourcing.service.type.deliverable"
    _description = "Preset Deliverable"
    _order = "sequence, id"

    service_type_id = fields.Many2one(
        "outsourcing.service.type", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    due_days = fields.Integer(
        "Due after (days)",
        default=5,
        help="Days after the end of the period or the planned date of the milestone.",
    )
    blocks_payment = fields.Boolean(default=True)
