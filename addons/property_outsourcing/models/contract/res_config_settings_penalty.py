from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_hold_back = fields.Selection(related="company_id.outsourcing_hold_back", readonly=False)
    outsourcing_proposal_days = fields.Integer(related="company_id.outsourcing_proposal_days", readonly=False)
