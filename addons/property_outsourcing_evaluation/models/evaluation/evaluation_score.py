from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...tools.measured import weigh


class OutsourcingEvaluation(models.Model):
    """Score and grade: what is not rated shares out its weight, too little rated is no score."""

    _inherit = "outsourcing.evaluation"

    @api.depends("line_ids.points", "line_ids.status", "line_ids.weight", "veto_ids", "min_rated_weight")
    def _compute_score(self):
        grades = self.env["outsourcing.grade"]._get_grades()
        rated = self._map_rated()
        for evaluation in self:
            weight, graded, score = weigh(rated[evaluation.id], evaluation.min_rated_weight)
            is_vetoed = bool(evaluation.veto_ids)
            evaluation.rated_weight = weight
            evaluation.score = score
            evaluation.is_vetoed = is_vetoed
            evaluation.is_graded = graded or is_vetoed
            found = grades[-1:] if is_vetoed else grades._pick(score) if graded else grades.browse()
            # depends on the points alone: a grade edited later never regrades a quarter
            evaluation.grade_id = found.id

    def _map_rated(self):
        """Return a dict: id -> list of (weight, points) of the criteria that are rated, in one query.

        What a form has not saved yet is read from the form.
        """
        rated = defaultdict(list)
        lines = self.env["outsourcing.evaluation.line"]
        stored = [evaluation.id for evaluation in self if isinstance(evaluation.id, int)]
        if stored:
            lines.flush_model(["evaluation_id", "weight", "points", "status"])
            query = SQL(
                "SELECT evaluation_id, weight::float, points::float FROM outsourcing_evaluation_line "
                "WHERE status = 'rated' AND evaluation_id = ANY(%s) ORDER BY evaluation_id, sequence, id",
                stored,
            )
            for evaluation_id, *pair in self.env.execute_query(query):
                rated[evaluation_id].append(pair)
        for evaluation in self:
            if not isinstance(evaluation.id, int):
                chosen = evaluation.line_ids.filtered(lambda line: line.status == "rated")
                rated[evaluation.id] = [(line.weight, line.points) for line in chosen]
        return rated
