from odoo import fields, models


class ResCompany(models.Model):
    """The settings of complaints."""

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
    outsourcing_complaint_repeat_days = fields.Integer(
        string="Days in which a problem comes back",
        default=30,
        required=True,
        help="The same problem at the same place, reported within so many days after it was done, is counted "
        "as the next time. It is counted when it is reported.",
    )
    outsourcing_complaint_repeat_count = fields.Integer(
        string="Times that make a problem a repeated one",
        default=3,
        required=True,
        help="From this time on it is flagged, and somebody is asked to find the cause.",
    )
    outsourcing_complaint_callback_rate = fields.Integer(
        string="Residents called back (%)",
        default=10,
        required=True,
        help="Of what was confirmed or closed in a month, in each community. 0: nobody is called back.",
    )
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

    _outsourcing_complaint_periods_positive = models.Constraint(
        "CHECK (outsourcing_complaint_silence_days > 0 AND outsourcing_complaint_keep_months > 0)",
        "Silence lasts a day at least, and data is kept for a month at least.",
    )
    _outsourcing_complaint_repeat_sensible = models.Constraint(
        "CHECK (outsourcing_complaint_repeat_days > 0 AND outsourcing_complaint_repeat_count > 1)",
        "A problem is repeated from the second time on, within a day at least.",
    )
    _outsourcing_complaint_callback_percent = models.Constraint(
        "CHECK (outsourcing_complaint_callback_rate BETWEEN 0 AND 100)",
        "Between none and all are called back: 0 to 100%.",
    )
    _outsourcing_complaint_limits_positive = models.Constraint(
        "CHECK (outsourcing_complaint_hour_limit > 0 AND outsourcing_complaint_day_limit > 0"
        " AND outsourcing_complaint_link_days > 0)",
        "The limits of the residents' page are one at least.",
    )
