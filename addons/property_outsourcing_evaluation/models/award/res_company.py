from odoo import fields, models


class ResCompany(models.Model):
    """What a gold partner has to have worked."""

    _inherit = "res.company"

    outsourcing_gold_min_quarters = fields.Integer("Least Quarters for Gold", default=2)

    _outsourcing_gold_terms = models.Constraint(
        "CHECK(outsourcing_gold_min_quarters > 0 AND outsourcing_gold_min_quarters <= 4)",
        "A gold partner has worked one to four quarters.",
    )
