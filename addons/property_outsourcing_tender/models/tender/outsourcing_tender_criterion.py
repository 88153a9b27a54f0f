from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..way.outsourcing_tender_template_line import FACTORS


class OutsourcingTenderCriterion(models.Model):
    """A factor by which the bids of a tender are scored; fixed with the publication."""

    _name = "outsourcing.tender.criterion"
    _description = "Scoring Factor"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "tender_id, sequence, id"
    _workflow_parent = "tender_id"

    tender_id = fields.Many2one("outsourcing.tender", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(FACTORS, required=True, default="technical")
    weight = fields.Float("Points", digits=(16, 2), required=True)
    pass_mark = fields.Float("Least Points", digits=(16, 2), help="A bid below it is excluded; 0: none.")
    guide = fields.Text(help="How the points are given, for the panel and the bidders.")

    _weight_positive = models.Constraint(
        "CHECK(weight > 0 AND pass_mark >= 0 AND pass_mark <= weight)",
        "A factor has more than 0 points, and its least points lie within them.",
    )


class OutsourcingTender(models.Model):
    """How the price becomes points."""

    _inherit = "outsourcing.tender"

    price_method = fields.Selection(
        [("lowest", "Lowest price first"), ("base", "Distance to the base price")],
        "Points of the Price",
        required=True,
        default="lowest",
        help="Lowest price first: the lowest gets all points, the others lowest ÷ own × points. Base price: "
        "the mean of the quotes less a discount; each percent away from it costs points.",
    )
    base_discount = fields.Float("Base below the Mean (%)")
    points_above = fields.Float("Points per Percent above", default=2.0)
    points_below = fields.Float("Points per Percent below", default=1.0)

    @api.constrains("price_method", "base_discount", "points_above", "points_below")
    def _check_price_method(self):
        for tender in self.filtered(lambda tender: tender.price_method == "base"):
            if not 0 <= tender.base_discount < 100 or tender.points_above <= 0 or tender.points_below < 0:
                raise ValidationError(
                    self.env._(
                        "The base price lies 0 to 100 percent below the mean; a higher price costs points."
                    )
                )
