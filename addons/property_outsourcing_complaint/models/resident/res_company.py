from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_complaint_hour_limit = fields.Integer(
        string="Reports per code and hour",
        default=30,
        required=True,
        help="Beyond it the page of the code asks people to call the desk.",
    )
    outsourcing_complaint_day_limit = fields.Integer(
        string="Reports per telephone and day",
        default=5,
        required=True,
        help="Beyond it the page asks the person to call the desk.",
    )
    outsourcing_complaint_link_days = fields.Integer(
        string="Days a link is valid after the end",
        default=30,
        required=True,
        help="So long a resident can look at what became of the report.",
    )
    outsourcing_complaint_phone_required = fields.Boolean(
        string="Residents leave a telephone number", help="Else they may report without."
    )

    _outsourcing_complaint_limits_positive = models.Constraint(
        "CHECK (outsourcing_complaint_hour_limit > 0 AND outsourcing_complaint_day_limit > 0"
        " AND outsourcing_complaint_link_days > 0)",
        "The limits of the residents' page are one at least.",
    )
