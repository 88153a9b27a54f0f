from odoo import fields, models

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
