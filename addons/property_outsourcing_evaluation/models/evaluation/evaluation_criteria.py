from functools import cache

from odoo import fields, models
from odoo.tools import SQL

from ...tools.measured import Criterion, Measured


class OutsourcingEvaluation(models.Model):
    """The criteria of all evaluations at once: read, copied from scorecards, stored with their figures."""

    _inherit = "outsourcing.evaluation"

    def _map_criteria(self):
        """Return a dict: evaluation id -> its list of :class:`Criterion`, in one query."""
        self.env["outsourcing.evaluation.line"].flush_model()
        parse = cache(Measured.parse)  # evaluations of one scorecard have the same
        criteria = {evaluation.id: [] for evaluation in self}
        query = SQL(
            """
            SELECT evaluation_id, id, weight::float, status, points::float,
                   COALESCE(is_appealed AND (status = 'not_rated' OR points != points_before), FALSE),
                   method, measure, fact_type, denominator_type, priority, COALESCE(min_sample, 0),
                   bands::text
              FROM outsourcing_evaluation_line WHERE evaluation_id = ANY(%s)
             ORDER BY evaluation_id, sequence, id
            """,
            list(self.ids),
        )
        for evaluation_id, *row in self.env.execute_query(query):
            columns, method, terms = row[:5], row[5], row[6:]
            measured = parse(*terms) if method == "facts" else None
            criteria[evaluation_id].append(Criterion(*columns, measured))
        return criteria

    def _map_new_criteria(self):
        """Return the same of the scorecards as they read today, for evaluations without criteria.

        Its ids are those of the criteria of the scorecards, until :meth:`_create_criteria`.
        """
        copied = {
            card: [
                (criterion.id, criterion.weight, criterion._get_measured())
                for criterion in card.criterion_ids
            ]
            for card in self.scorecard_id
        }
        return {
            evaluation.id: [
                Criterion(criterion_id, weight, "open", 0.0, False, measured)
                for criterion_id, weight, measured in copied[evaluation.scorecard_id]
            ]
            for evaluation in self
        }

    def _store_figures(self, criteria):
        """Store the figures of ``criteria`` that are lines already, in one query."""
        rows = [(one.id, *one.figure) for found in criteria.values() for one in found if one.figure]
        if not rows:
            return
        ids, *columns = map(list, zip(*rows, strict=True))
        self.env.cr.execute(
            SQL(
                """
                UPDATE outsourcing_evaluation_line line
                   SET numerator = new.numerator, sample = new.sample, value = new.value,
                       points = new.points, status = new.status, note = NULL, judged_by_id = NULL
                  FROM unnest(%s, %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[], %s)
                       AS new(id, numerator, sample, value, points, status)
                 WHERE line.id = new.id
                """,
                ids,
                *columns,
            )
        )
        self.env["outsourcing.evaluation.line"].invalidate_model()

    def _create_criteria(self, criteria):
        """Copy the criteria of the scorecards as they read today, in every language, in one query.

        :param dict criteria: of :meth:`_map_new_criteria`, rated; afterwards they have the ids of the lines
        """
        self.flush_model()
        self.env["outsourcing.scorecard.criterion"].flush_model()
        self.env["outsourcing.scorecard.band"].flush_model()
        keyed = {(key, one.id): one for key, found in criteria.items() for one in found}
        rows = [(*key, *(one.figure or (0.0, 0.0, 0.0, 0.0, "open"))) for key, one in keyed.items()]
        if not rows:
            return
        self.env.cr.execute(self._get_criteria_insert(rows))
        for evaluation_id, criterion_id, line_id in self.env.cr.fetchall():
            keyed[evaluation_id, criterion_id].id = line_id
        self.env["outsourcing.evaluation.line"].invalidate_model()
        self.invalidate_recordset(["line_ids"])

    def _get_criteria_insert(self, rows):
        """Return the query that copies criteria of scorecards and tells the ids of the lines.

        :param rows: list of (evaluation id, id of the criterion, numerator, sample, value, points, status)
        """
        return SQL(
            """
            INSERT INTO outsourcing_evaluation_line (
                   evaluation_id, company_id, contractor_id, service_type_id, date_from, criterion_id,
                   sequence, name, description, weight, method, judge, measure, fact_type,
                   denominator_type, priority, min_sample, bands, numerator, sample, value, points, status,
                   points_before, is_appealed, create_uid, create_date, write_uid, write_date)
            SELECT e.id, e.company_id, e.contractor_id, e.service_type_id, e.date_from, c.id,
                   c.sequence, c.name, c.description, c.weight, c.method,
                   CASE WHEN c.method = 'judged' THEN c.judge END,
                   CASE WHEN c.method = 'facts' THEN c.measure END,
                   CASE WHEN c.method = 'facts' THEN c.fact_type END,
                   CASE WHEN c.method = 'facts' THEN c.denominator_type END,
                   CASE WHEN c.method = 'facts' THEN c.priority END,
                   c.min_sample, bands.listed, new.numerator, new.sample, new.value, new.points, new.status,
                   0, FALSE, %(user)s, %(moment)s, %(user)s, %(moment)s
              FROM unnest(%(columns)s) AS new(evaluation, criterion, numerator, sample, value, points, status)
              JOIN outsourcing_evaluation e ON e.id = new.evaluation
              JOIN outsourcing_scorecard_criterion c ON c.id = new.criterion
              LEFT JOIN (
                   SELECT b.criterion_id, jsonb_agg(jsonb_build_array(b.value_from, b.points)
                                                    ORDER BY b.value_from) AS listed
                     FROM outsourcing_scorecard_band b GROUP BY 1) bands ON bands.criterion_id = c.id
             ORDER BY e.id, c.sequence, c.id
            RETURNING evaluation_id, criterion_id, id
            """,
            columns=SQL(
                "%s::int[], %s::int[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[], %s",
                *map(list, zip(*rows, strict=True)),
            ),
            user=self.env.uid,
            moment=fields.Datetime.now(),
        )
