from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_retention_max_rate = fields.Float(
        "Usual Limit of Retention (%)",
        default=3.0,
        help="A works contract above it is marked and the remark kept in its history.",
    )
    outsourcing_liability_max_months = fields.Integer(
        "Longest Defect Liability (months)",
        default=24,
        help="A works contract above it is refused; 0: no limit.",
    )
    outsourcing_bond_notice_days = fields.Integer(
        "Notice before a Bond Ends (days)",
        default=30,
        help="So many days ahead the project manager is told that a guarantee ends.",
    )

    _outsourcing_payment_limits = models.Constraint(
        "CHECK (outsourcing_retention_max_rate >= 0 AND outsourcing_liability_max_months >= 0"
        " AND outsourcing_bond_notice_days >= 0)",
        "Limits and days of notice cannot be negative.",
    )
