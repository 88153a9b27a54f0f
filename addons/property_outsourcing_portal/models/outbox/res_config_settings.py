from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_act_hours = fields.Integer(related="company_id.outsourcing_act_hours", readonly=False)
