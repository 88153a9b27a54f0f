from odoo import fields, models


class OutsourcingComplaintCause(models.Model):
    """Why it came to a complaint; what is counted when somebody asks what to do about them."""

    _name = "outsourcing.complaint.cause"
    _description = "Cause of Complaints"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
