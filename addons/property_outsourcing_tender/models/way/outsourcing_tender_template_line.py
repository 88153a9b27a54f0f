from odoo import fields, models

FACTORS = [("technical", "Technical"), ("price", "Price")]


class OutsourcingTenderTemplateLine(models.Model):
    """One factor of a template."""

    _name = "outsourcing.tender.template.line"
    _description = "Scoring Factor of a Template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "outsourcing.tender.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(FACTORS, required=True, default="technical")
    weight = fields.Float("Points", digits=(16, 2), required=True)
    pass_mark = fields.Float("Least Points", digits=(16, 2), help="A bid below it is excluded; 0: none.")
    guide = fields.Text(translate=True, help="How the points are given, for the panel and the bidders.")

    _weight_positive = models.Constraint(
        "CHECK(weight > 0 AND pass_mark >= 0 AND pass_mark <= weight)",
        "A factor has more than 0 points, and its least points lie within them.",
    )

    def _prepare_criterion_vals(self):
        """Return the values of the factor, to copy it into a tender."""
        self.ensure_one()
        return {name: self[name] for name in ("name", "sequence", "kind", "weight", "pass_mark", "guide")}
