from odoo import api, models


class OutsourcingEvaluation(models.Model):
    """Score and grade: what is not rated shares out its weight, too little rated is no score."""

    _inherit = "outsourcing.evaluation"

    @api.depends("line_ids.points", "line_ids.status", "line_ids.weight", "veto_ids", "min_rated_weight")
    def _compute_score(self):
        grades = self.env["outsourcing.grade"]._get_grades()
        for evaluation in self:
            rated = evaluation.line_ids.filtered(lambda line: line.status == "rated")
            weight = sum(rated.mapped("weight"))
            graded = bool(weight) and round(weight, 2) >= evaluation.min_rated_weight
            score = sum(line.weight * line.points for line in rated) / weight if graded else 0.0
            vetoed = bool(evaluation.veto_ids)
            evaluation.rated_weight = weight
            evaluation.score = round(score, 2)
            evaluation.is_vetoed = vetoed
            evaluation.is_graded = graded or vetoed
            found = grades[-1:] if vetoed else grades._pick(score) if graded else grades.browse()
            # depends on the points alone: a grade edited later never regrades a quarter
            evaluation.grade_id = found.id
