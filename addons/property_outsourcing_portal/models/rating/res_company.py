from odoo import api, fields, models
from odoo.exceptions import ValidationError

YEAR = 365


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_rating_days = fields.Integer(
        string="Days a rating can be changed",
        default=7,
        required=True,
        help="How long an owners' representative may change the stars given for finished work.",
    )

    @api.constrains("outsourcing_rating_days")
    def _check_outsourcing_rating_days(self):
        for company in self:
            if not 0 <= company.outsourcing_rating_days <= YEAR:
                raise ValidationError(self.env._("A rating can be changed for 0 to %s days.", YEAR))
