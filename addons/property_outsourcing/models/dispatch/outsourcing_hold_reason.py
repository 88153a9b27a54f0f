from odoo import fields, models


class OutsourcingHoldReason(models.Model):
    """Why work on an order has to wait, and whether the contractor's clock waits too."""

    _name = "outsourcing.hold.reason"
    _description = "Reason of a Hold"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    stops_clock = fields.Boolean(
        default=True, help="The time limits of the order do not run while it waits for this reason."
    )
