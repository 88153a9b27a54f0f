from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_repairs_warning_percent = fields.Float(
        related="company_id.outsourcing_repairs_warning_percent", readonly=False
    )
    outsourcing_repairs_manager_amount = fields.Float(
        related="company_id.outsourcing_repairs_manager_amount", readonly=False
    )
    outsourcing_repairs_photo_required = fields.Boolean(
        related="company_id.outsourcing_repairs_photo_required", readonly=False
    )
    outsourcing_repairs_answer_days = fields.Integer(
        related="company_id.outsourcing_repairs_answer_days", readonly=False
    )
    outsourcing_repairs_silence = fields.Selection(
        related="company_id.outsourcing_repairs_silence", readonly=False
    )
    outsourcing_repairs_dispute_days = fields.Integer(
        related="company_id.outsourcing_repairs_dispute_days", readonly=False
    )
    outsourcing_rollup_day = fields.Integer(related="company_id.outsourcing_rollup_day", readonly=False)
