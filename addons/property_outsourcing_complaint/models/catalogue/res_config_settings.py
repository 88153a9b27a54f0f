from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of complaints."""

    _inherit = "res.config.settings"

    outsourcing_complaint_silence_days = fields.Integer(
        related="company_id.outsourcing_complaint_silence_days", readonly=False
    )
    outsourcing_complaint_keep_months = fields.Integer(
        related="company_id.outsourcing_complaint_keep_months", readonly=False
    )
    outsourcing_complaint_repeat_days = fields.Integer(
        related="company_id.outsourcing_complaint_repeat_days", readonly=False
    )
    outsourcing_complaint_repeat_count = fields.Integer(
        related="company_id.outsourcing_complaint_repeat_count", readonly=False
    )
    outsourcing_complaint_callback_rate = fields.Integer(
        related="company_id.outsourcing_complaint_callback_rate", readonly=False
    )
    outsourcing_complaint_hour_limit = fields.Integer(
        related="company_id.outsourcing_complaint_hour_limit", readonly=False
    )
    outsourcing_complaint_day_limit = fields.Integer(
        related="company_id.outsourcing_complaint_day_limit", readonly=False
    )
    outsourcing_complaint_link_days = fields.Integer(
        related="company_id.outsourcing_complaint_link_days", readonly=False
    )
    outsourcing_complaint_phone_required = fields.Boolean(
        related="company_id.outsourcing_complaint_phone_required", readonly=False
    )
