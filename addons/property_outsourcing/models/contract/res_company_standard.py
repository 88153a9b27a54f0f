from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_refuse_outdated_standards = fields.Boolean(
        string="Refuse standards that are not in force",
        default=True,
        help="A contract that cites a library standard not in force on its first day cannot be submitted. "
        "Otherwise there is only a warning.",
    )
