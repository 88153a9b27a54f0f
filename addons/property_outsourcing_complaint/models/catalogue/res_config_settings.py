from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_complaint_silence_days = fields.Integer(
        related="company_id.outsourcing_complaint_silence_days", readonly=False
    )
    outsourcing_complaint_keep_months = fields.Integer(
        related="company_id.outsourcing_complaint_keep_months", readonly=False
    )
