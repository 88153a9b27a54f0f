from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_retention_max_rate = fields.Float(
        related="company_id.outsourcing_retention_max_rate", readonly=False
    )
    outsourcing_liability_max_months = fields.Integer(
        related="company_id.outsourcing_liability_max_months", readonly=False
    )
    outsourcing_bond_notice_days = fields.Integer(
        related="company_id.outsourcing_bond_notice_days", readonly=False
    )
