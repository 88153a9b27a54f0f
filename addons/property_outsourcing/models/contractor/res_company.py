from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_foreign_sanction = fields.Selection(
        [("warn", "Only a warning"), ("bind", "Binds us as well")],
        "Contractors suspended or blacklisted by another company",
        default="warn",
        required=True,
        help="Contractors are shared by the companies of a group, decisions about them are not: a contractor "
        "that another company suspended or blacklisted is pointed out on contracts and work orders, or gets "
        "no work and no money here either.",
    )
