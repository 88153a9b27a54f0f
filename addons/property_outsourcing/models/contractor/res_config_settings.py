from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_foreign_sanction = fields.Selection(
        related="company_id.outsourcing_foreign_sanction", readonly=False
    )
