from collections import Counter

from odoo import models
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate


class OutsourcingSurveyRound(models.Model):
    """Counting: all answers of all rounds in one query, then mixed, with the comments torn off."""

    _inherit = "outsourcing.survey.round"

    def _count_answers(self):
        """Count the answers of ``self`` (in sudo) and stamp what they come to."""
        self.env["survey.user_input.line"].flush_model()
        chosen, answers = self._map_chosen(), self._map_answer_counts()
        results = self.env["outsourcing.survey.result"]
        found = results._gated().create(
            [
                survey._prepare_result_vals(question, levels, chosen)
                for survey in self
                for question, levels in survey._get_levels()
            ]
        )
        by_survey = found.grouped("round_id")
        for survey in self:
            own = by_survey.get(survey, results)
            score, rate = results._weigh(own)
            valid = answers.get(survey.id, 0)
            share = 100.0 * valid / survey.issued_count if survey.issued_count else 0.0
            survey._gated().write(
                {
                    "valid_count": valid,
                    "score": score,
                    "satisfied_rate": rate,
                    "is_representative": valid >= survey.min_answers and share >= survey.min_rate,
                }
            )
        self._tear_off_comments()
        self._mix_answers()

    def _map_chosen(self):
        """Return a dict (round id, level id) -> how many chose it."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.outsourcing_round_id, l.suggested_answer_id, COUNT(*)
                  FROM survey_user_input a JOIN survey_user_input_line l ON l.user_input_id = a.id
                 WHERE a.outsourcing_round_id = ANY(%s) AND l.suggested_answer_id IS NOT NULL
                 GROUP BY 1, 2
                """,
                list(self.ids),
            )
        )
        return Counter({(survey, level): count for survey, level, count in rows})

    def _map_answer_counts(self):
        """Return a dict round id -> answers that chose at least one level."""
        query = SQL(
            """
            SELECT a.outsourcing_round_id, COUNT(*) FROM survey_user_input a
             WHERE a.outsourcing_round_id = ANY(%s) AND EXISTS (
                   SELECT 1 FROM survey_user_input_line l
                    WHERE l.user_input_id = a.id AND l.suggested_answer_id IS NOT NULL)
             GROUP BY 1
            """,
            list(self.ids),
        )
        return dict(self.env.execute_query(query))

    def _prepare_result_vals(self, question, levels, chosen):
        counts = [chosen[self.id, level.id] for level in levels]
        valid = sum(counts)
        points = sum(count * level.answer_score for count, level in zip(counts, levels, strict=True))
        return {
            "round_id": self.id,
            "question_id": question.id,
            "sequence": question.sequence,
            "weight": question.outsourcing_weight,
            **{f"count_{place}": count for place, count in enumerate(counts, start=1)},
            "valid_count": valid,
            "score": points / valid if valid else 0.0,
            "satisfied_rate": 100.0 * sum(counts[:2]) / valid if valid else 0.0,
        }

    def _tear_off_comments(self):
        """Take the words of the households out of their answers, in a random order."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.outsourcing_round_id, l.id, l.value_text_box
                  FROM survey_user_input a JOIN survey_user_input_line l ON l.user_input_id = a.id
                 WHERE a.outsourcing_round_id = ANY(%s) AND l.answer_type = 'text_box'
                 ORDER BY RANDOM()
                """,
                list(self.ids),
            )
        )
        self.env["outsourcing.survey.comment"]._gated().create(
            [{"round_id": survey, "text": text} for survey, _line, text in rows]
        )
        lines = self.env["survey.user_input.line"].browse(line for _survey, line, _text in rows)
        open_gate(lines).unlink()
