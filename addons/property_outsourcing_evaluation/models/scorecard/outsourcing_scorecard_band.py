from odoo import fields, models


class OutsourcingScorecardBand(models.Model):
    """The points of a figure from a value on, up to the next band; the lowest holds below it as well."""

    _name = "outsourcing.scorecard.band"
    _description = "Points of a Criterion"
    _order = "criterion_id, value_from"
    _rec_name = "value_from"

    criterion_id = fields.Many2one(
        "outsourcing.scorecard.criterion", required=True, index=True, ondelete="cascade"
    )
    value_from = fields.Float("Figure from", required=True, digits=(16, 2))
    points = fields.Float("Points (0-100)", required=True, digits=(16, 2))

    _value_from_uniq = models.Constraint(
        "UNIQUE(criterion_id, value_from)", "Two bands of a criterion start at the same figure."
    )
    _points_range = models.Constraint("CHECK(points >= 0 AND points <= 100)", "Points lie between 0 and 100.")
