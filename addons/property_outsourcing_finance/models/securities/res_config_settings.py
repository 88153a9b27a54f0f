from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_bond_account_id = fields.Many2one(
        related="company_id.outsourcing_bond_account_id", readonly=False, string="Bond Account"
    )
    outsourcing_retention_notice_days = fields.Integer(
        related="company_id.outsourcing_retention_notice_days", readonly=False
    )
