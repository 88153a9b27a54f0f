from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

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
