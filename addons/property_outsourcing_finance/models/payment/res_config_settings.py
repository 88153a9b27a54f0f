from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_separate_payer = fields.Boolean(
        related="company_id.outsourcing_separate_payer", readonly=False
    )
