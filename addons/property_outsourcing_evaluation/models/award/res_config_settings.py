from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_gold_min_quarters = fields.Integer(
        related="company_id.outsourcing_gold_min_quarters", readonly=False
    )
