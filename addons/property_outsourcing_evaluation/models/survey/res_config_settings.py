from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_survey_min_answers = fields.Integer(
        related="company_id.outsourcing_survey_min_answers", readonly=False
    )
    outsourcing_survey_min_rate = fields.Float(
        related="company_id.outsourcing_survey_min_rate", readonly=False
    )
