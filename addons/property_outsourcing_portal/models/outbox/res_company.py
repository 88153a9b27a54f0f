from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_act_hours = fields.Integer(
        string="Hours without signal",
        default=72,
        required=True,
        help="What a phone recorded without signal counts from the time of the act, if it reached us "
        "within these hours. 0: the time of the receipt always counts.",
    )

    _outsourcing_act_hours_not_negative = models.Constraint(
        "CHECK (outsourcing_act_hours >= 0)", "The hours without signal cannot be negative."
    )
