from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_concealed_notice_hours = fields.Integer(
        related="company_id.outsourcing_concealed_notice_hours", readonly=False
    )
    outsourcing_concealed_no_show = fields.Selection(
        related="company_id.outsourcing_concealed_no_show", readonly=False
    )
    outsourcing_concealed_no_show_hours = fields.Integer(
        related="company_id.outsourcing_concealed_no_show_hours", readonly=False
    )
    outsourcing_witness_no_show = fields.Selection(
        related="company_id.outsourcing_witness_no_show", readonly=False
    )
    outsourcing_witness_days = fields.Integer(related="company_id.outsourcing_witness_days", readonly=False)
    outsourcing_self_check_days = fields.Integer(
        related="company_id.outsourcing_self_check_days", readonly=False
    )
    outsourcing_property_check_days = fields.Integer(
        related="company_id.outsourcing_property_check_days", readonly=False
    )
    outsourcing_third_party_check_days = fields.Integer(
        related="company_id.outsourcing_third_party_check_days", readonly=False
    )
    outsourcing_rework_days = fields.Integer(related="company_id.outsourcing_rework_days", readonly=False)
