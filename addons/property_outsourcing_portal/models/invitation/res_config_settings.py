from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_invitation_days = fields.Integer(
        related="company_id.outsourcing_invitation_days", readonly=False
    )
