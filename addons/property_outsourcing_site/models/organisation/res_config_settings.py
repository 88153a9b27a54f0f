from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_inspection_horizon_days = fields.Integer(
        related="company_id.outsourcing_inspection_horizon_days", readonly=False
    )
    outsourcing_log_review_days = fields.Integer(
        related="company_id.outsourcing_log_review_days", readonly=False
    )
    outsourcing_log_grace_days = fields.Integer(
        related="company_id.outsourcing_log_grace_days", readonly=False
    )
    outsourcing_repeat_days = fields.Integer(related="company_id.outsourcing_repeat_days", readonly=False)
    outsourcing_defect_days_minor = fields.Integer(
        related="company_id.outsourcing_defect_days_minor", readonly=False
    )
    outsourcing_defect_days_major = fields.Integer(
        related="company_id.outsourcing_defect_days_major", readonly=False
    )
    outsourcing_defect_days_critical = fields.Integer(
        related="company_id.outsourcing_defect_days_critical", readonly=False
    )
