from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_rating_days = fields.Integer(related="company_id.outsourcing_rating_days", readonly=False)
