from odoo import api, models
from odoo.tools import SQL


class OutsourcingSurveyRound(models.Model):
    """Mixing: rows of a database keep the order in which they were written, and so that of the votes.

    Every line is written anew in one statement, in a random order and under another answer: neither ids, nor
    the place in the table, nor the transaction that wrote a row lead back to a household.
    """

    _inherit = "outsourcing.survey.round"

    def _mix_answers(self):
        """Mix the answers of each round of ``self`` among themselves, and write the ballots anew."""
        for model in ("survey.user_input", "survey.user_input.line", "outsourcing.ballot"):
            self.env[model].flush_model()
        self._mix_lines()
        self._mix_ballots()
        self.env["survey.user_input.line"].invalidate_model()
        self.env["survey.user_input"].invalidate_model()
        self.env["outsourcing.ballot"].invalidate_model()

    def _mix_lines(self):
        columns, taken = self._get_columns("survey.user_input.line", {"id", "user_input_id"})
        self.env.cr.execute(
            SQL(
                """
                WITH held AS (
                    SELECT id, outsourcing_round_id AS round_id,
                           ROW_NUMBER() OVER (PARTITION BY outsourcing_round_id ORDER BY id) AS place,
                           ROW_NUMBER() OVER (PARTITION BY outsourcing_round_id ORDER BY RANDOM()) AS drawn
                      FROM survey_user_input WHERE outsourcing_round_id = ANY(%(rounds)s)
                ), moved AS (
                    SELECT source.id AS old, target.id AS new
                      FROM held source
                      JOIN held target ON target.round_id = source.round_id AND target.place = source.drawn
                ), gone AS (
                    DELETE FROM survey_user_input_line WHERE user_input_id IN (SELECT id FROM held)
                    RETURNING user_input_id, %(columns)s
                )
                INSERT INTO survey_user_input_line (user_input_id, %(columns)s)
                SELECT moved.new, %(taken)s FROM gone JOIN moved ON moved.old = gone.user_input_id
                 ORDER BY RANDOM()
                """,
                rounds=list(self.ids),
                columns=columns,
                taken=taken,
            )
        )

    def _mix_ballots(self):
        columns, taken = self._get_columns("outsourcing.ballot", set())
        self.env.cr.execute(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM outsourcing_ballot WHERE round_id = ANY(%(rounds)s) RETURNING %(columns)s
                )
                INSERT INTO outsourcing_ballot (%(columns)s) SELECT %(taken)s FROM gone ORDER BY RANDOM()
                """,
                rounds=list(self.ids),
                columns=columns,
                taken=taken,
            )
        )

    @api.model
    def _get_columns(self, model, left_out):
        """Return the columns of the table of ``model``, and the same as those of a row ``gone``."""
        names = [
            name
            for name, field in self.env[model]._fields.items()
            if field.store and field.column_type and name not in left_out
        ]
        return (
            SQL(", ").join(SQL.identifier(name) for name in names),
            SQL(", ").join(SQL.identifier("gone", name) for name in names),
        )
