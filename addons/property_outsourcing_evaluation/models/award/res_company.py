from odoo import fields, models


class ResCompany(models.Model):
    """What a gold partner has to have worked, and what it gets."""

    _inherit = "res.company"

    outsourcing_gold_min_quarters = fields.Integer("Least Quarters for Gold", default=2)
    outsourcing_gold_bonus = fields.Float("Bonus of a Gold Partner", default=2.0, digits=(16, 2))

    _outsourcing_gold_terms = models.Constraint(
        "CHECK(outsourcing_gold_min_quarters > 0 AND outsourcing_gold_min_quarters <= 4"
        " AND outsourcing_gold_bonus >= 0 AND outsourcing_gold_bonus <= 10)",
        "A gold partner has worked one to four quarters and gets 0 to 10 points.",
    )
