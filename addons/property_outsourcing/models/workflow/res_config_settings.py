from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_deputy_id = fields.Many2one(related="company_id.outsourcing_deputy_id", readonly=False)
