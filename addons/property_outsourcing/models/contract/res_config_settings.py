from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_second_approval_amount = fields.Monetary(
        related="company_id.outsourcing_second_approval_amount",
        readonly=False,
        currency_field="company_currency_id",
    )
    outsourcing_sign_before_activation = fields.Boolean(
        related="company_id.outsourcing_sign_before_activation", readonly=False
    )
    outsourcing_sign_days = fields.Integer(related="company_id.outsourcing_sign_days", readonly=False)
    outsourcing_expiry_days = fields.Integer(related="company_id.outsourcing_expiry_days", readonly=False)
    outsourcing_lapse_action = fields.Selection(
        related="company_id.outsourcing_lapse_action", readonly=False, required=True
    )
