from odoo import fields, models


class ResCompany(models.Model):
    """From how many answers on a satisfaction survey says something."""

    _inherit = "res.company"

    outsourcing_survey_min_answers = fields.Integer(
        string="Least number of answers",
        default=30,
        required=True,
        help="With fewer valid answers a satisfaction survey is not representative and has no effect.",
    )
    outsourcing_survey_min_rate = fields.Float(
        string="Least share of households (%)",
        default=20.0,
        required=True,
        digits=(16, 2),
        help="With fewer valid answers a satisfaction survey is not representative and has no effect.",
    )

    _outsourcing_survey_least = models.Constraint(
        "CHECK (outsourcing_survey_min_answers > 0"
        " AND outsourcing_survey_min_rate >= 0 AND outsourcing_survey_min_rate <= 100)",
        "A survey needs one answer at least, and a share between 0 and 100.",
    )
