from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_amendment_second_amount = fields.Monetary(
        related="company_id.outsourcing_amendment_second_amount",
        currency_field="company_currency_id",
        readonly=False,
    )
    outsourcing_amendment_sign_days = fields.Integer(
        related="company_id.outsourcing_amendment_sign_days", readonly=False
    )
    outsourcing_variation_late_days = fields.Integer(
        related="company_id.outsourcing_variation_late_days", readonly=False
    )
    outsourcing_variation_answer_days = fields.Integer(
        related="company_id.outsourcing_variation_answer_days", readonly=False
    )
    outsourcing_variation_second_amount = fields.Monetary(
        related="company_id.outsourcing_variation_second_amount",
        currency_field="company_currency_id",
        readonly=False,
    )
    outsourcing_variation_silence = fields.Selection(
        related="company_id.outsourcing_variation_silence", readonly=False
    )
