from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_invitation_days = fields.Integer(
        string="Days an invitation is valid",
        default=7,
        required=True,
        help="How long a printed or forwarded invitation to the portal can be used.",
    )

    _outsourcing_invitation_days_positive = models.Constraint(
        "CHECK (outsourcing_invitation_days > 0)", "An invitation is valid for at least one day."
    )
