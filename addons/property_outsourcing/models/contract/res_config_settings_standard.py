from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_refuse_outdated_standards = fields.Boolean(
        related="company_id.outsourcing_refuse_outdated_standards", readonly=False
    )
