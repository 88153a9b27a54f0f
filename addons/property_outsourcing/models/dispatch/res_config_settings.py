from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_sla_risk_percent = fields.Float(
        related="company_id.outsourcing_sla_risk_percent", readonly=False
    )
    outsourcing_sla_risk_minutes = fields.Integer(
        related="company_id.outsourcing_sla_risk_minutes", readonly=False
    )
    outsourcing_hold_answer_hours = fields.Integer(
        related="company_id.outsourcing_hold_answer_hours", readonly=False
    )
    outsourcing_take_back_minutes = fields.Integer(
        related="company_id.outsourcing_take_back_minutes", readonly=False
    )
    outsourcing_arrival_minutes = fields.Integer(
        related="company_id.outsourcing_arrival_minutes", readonly=False
    )
    outsourcing_override_max_days = fields.Integer(
        related="company_id.outsourcing_override_max_days", readonly=False
    )
