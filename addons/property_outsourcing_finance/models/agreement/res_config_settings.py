from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_statement_days = fields.Integer(
        related="company_id.outsourcing_statement_days", readonly=False
    )
    outsourcing_statement_silence = fields.Selection(
        related="company_id.outsourcing_statement_silence", readonly=False
    )
