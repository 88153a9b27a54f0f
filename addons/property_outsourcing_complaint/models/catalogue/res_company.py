from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_complaint_silence_days = fields.Integer(
        string="Days of silence that close a complaint",
        default=7,
        required=True,
        help="After so many days without a word what was reported done is closed; the page says so.",
    )
    outsourcing_complaint_keep_months = fields.Integer(
        string="Months personal data of complaints is kept",
        default=12,
        required=True,
        help="So long after the closing, names, telephones and messages are erased; figures stay.",
    )

    _outsourcing_complaint_periods_positive = models.Constraint(
        "CHECK (outsourcing_complaint_silence_days > 0 AND outsourcing_complaint_keep_months > 0)",
        "Silence lasts a day at least, and data is kept for a month at least.",
    )
