from odoo import api, fields, models


class OutsourcingSurveyResult(models.Model):
    """What households said to one question, as numbers."""

    _name = "outsourcing.survey.result"
    _description = "Result of a Question"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "round_id, sequence, id"
    _rec_name = "question_id"

    round_id = fields.Many2one(
        "outsourcing.survey.round", required=True, readonly=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="round_id.community_id", store=True, index=True)
    company_id = fields.Many2one(related="round_id.company_id", store=True, index=True)
    date_quarter = fields.Date("Quarter", related="round_id.date_quarter", store=True)
    sequence = fields.Integer(readonly=True)
    question_id = fields.Many2one(
        "survey.question", required=True, readonly=True, index=True, ondelete="restrict"
    )
    weight = fields.Float(readonly=True, digits=(16, 2), aggregator=None)
    count_1 = fields.Integer("Very satisfied", readonly=True)
    count_2 = fields.Integer("Satisfied", readonly=True)
    count_3 = fields.Integer("Acceptable", readonly=True)
    count_4 = fields.Integer("Dissatisfied", readonly=True)
    count_5 = fields.Integer("Very dissatisfied", readonly=True)
    valid_count = fields.Integer("Valid Answers", readonly=True)
    satisfied_rate = fields.Float("Satisfied (%)", readonly=True, digits=(16, 1), aggregator="avg")
    score = fields.Float("Satisfaction Index", readonly=True, digits=(16, 1), aggregator="avg")

    _question_uniq = models.Constraint("UNIQUE (round_id, question_id)", "This question is counted already.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "round_id", "sequence", "question_id", "weight", "count_1", "count_2", "count_3", "count_4",
            "count_5", "valid_count", "satisfied_rate", "score",
        }  # fmt: skip

    def _get_counts(self):
        """Return how many chose each of the five levels, best first."""
        self.ensure_one()
        return [self[f"count_{place}"] for place in range(1, 6)]

    @api.model
    def _weigh(self, results):
        """Return (index, share of satisfied) of several questions by their weights; zeros without answers."""
        rated = results.filtered("valid_count")
        total = sum(rated.mapped("weight"))
        if not total:
            return 0.0, 0.0
        return tuple(
            sum(row.weight * row[name] for row in rated) / total for name in ("score", "satisfied_rate")
        )
