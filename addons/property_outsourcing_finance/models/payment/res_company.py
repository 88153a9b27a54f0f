from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_separate_payer = fields.Boolean(
        "Approving, Billing and Paying are Separate",
        default=True,
        help="Whoever approves a settlement neither makes its bill nor pays it.",
    )
