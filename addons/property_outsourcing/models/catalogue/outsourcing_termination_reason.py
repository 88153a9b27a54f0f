from odoo import fields, models


class OutsourcingTerminationReason(models.Model):
    """Why contracts are ended before their time, as the company's contracts word it."""

    _name = "outsourcing.termination.reason"
    _description = "Reason of Termination"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_fault = fields.Boolean(
        "Contractor's Fault", help="Counts against the contractor when a renewal or an award is weighed."
    )
    notice_days = fields.Integer("Notice (days)", help="Days between the notice and the end. 0: at once.")
    description = fields.Text(translate=True)

    _notice_days_positive = models.Constraint(
        "CHECK(notice_days >= 0)", "The days of notice cannot be negative."
    )
