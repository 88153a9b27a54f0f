from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_rating_days = fields.Integer(
        string="Days a rating can be changed",
        default=7,
        required=True,
        help="How long an owners' representative may change the stars given for finished work.",
    )

    _outsourcing_rating_days_positive = models.Constraint(
        "CHECK (outsourcing_rating_days >= 0)", "A rating can be changed for no days, or for some."
    )
