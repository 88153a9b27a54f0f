from collections import defaultdict
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL


class Total(NamedTuple):
    """The facts of one type, of one priority or of all."""

    count: int = 0
    value: float = 0.0
    mean: float = 0.0  # weighted
    median: float = 0.0


class OutsourcingEvaluation(models.Model):
    """Counting: all facts of all evaluations in two queries, whatever their number."""

    _inherit = "outsourcing.evaluation"

    def _count(self):
        """Count the facts of ``self`` (in sudo, drafts or appealed) anew and rate what follows."""
        self._stamp_scope()
        totals, counts = self._map_totals(), defaultdict(int)
        for (evaluation_id, _type, priority), total in totals.items():
            counts[evaluation_id] += total.count if priority is None else 0
        for line in self.line_ids.filtered(lambda line: line.method == "facts"):
            line._gated().write(line._prepare_figure_vals(totals, counts[line.evaluation_id.id]))
        self._apply_vetoes(totals)

    def _stamp_scope(self):
        """Stamp which facts count: until which one, of which contracts, which came late."""
        facts = self.env["outsourcing.fact"]
        facts.flush_model()
        last = facts.search([], order="id desc", limit=1).id  # in sudo, of all firms
        former = self._map_former()
        for evaluation in self:
            before = former.get(evaluation)
            evaluation._gated().write(
                {
                    "date_counted": fields.Datetime.now(),
                    "last_fact_id": last,
                    "carry_from": before and before.date_from,
                    "carry_after_id": before and before.last_fact_id,
                }
            )
        self.flush_model()
        self._link_scope("outsourcing_evaluation_contract_rel", "contract_id")
        self._link_scope("outsourcing_evaluation_community_rel", "community_id")
        self.invalidate_model(["contract_ids", "community_ids"])
        late = dict(self.env.execute_query(self._get_late_query()))
        for evaluation in self:
            households = sum(evaluation.community_ids.mapped("household_count"))
            vals = {"household_count": households, "late_fact_count": late.get(evaluation.id, 0)}
            evaluation._gated().write(vals)

    def _link_scope(self, table, column):
        """Link ``self`` to the contracts, or communities, of the facts they count: two queries for all."""
        names = {"table": SQL.identifier(table), "column": SQL.identifier(column)}
        self.env.cr.execute(
            SQL("DELETE FROM %(table)s WHERE evaluation_id = ANY(%(ids)s)", ids=list(self.ids), **names)
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (evaluation_id, %(column)s)
                SELECT DISTINCT e.id, %(fact)s %(join)s AND %(fact)s IS NOT NULL
                """,
                fact=SQL.identifier("f", column),
                join=self._get_counted_join(),
                **names,
            )
        )

    def _get_late_query(self):
        join = self._get_counted_join()
        return SQL("SELECT e.id, COUNT(*) %s AND f.date < e.date_from GROUP BY e.id", join)

    def _map_former(self):
        """Return a dict: evaluation -> the final one of the same contractor and service just before it."""
        domain = [
            ("state", "=", "final"),
            ("contractor_id", "in", self.contractor_id.ids),
            ("service_type_id", "in", self.service_type_id.ids),
        ]
        found = self.search(domain, order="date_from")
        former = {}
        for evaluation in self:
            former[evaluation] = found.filtered(
                lambda other, own=evaluation: (
                    other.contractor_id == own.contractor_id
                    and other.service_type_id == own.service_type_id
                    and other.company_id == own.company_id
                    and other.date_from < own.date_from
                )
            )[-1:]
        return former

    def _get_counted_join(self):
        """Return the join of evaluations ``e`` with the facts ``f`` they count, and their contracts ``c``."""
        return SQL(
            """
              FROM outsourcing_evaluation e
              JOIN outsourcing_fact f
                ON f.contractor_id = e.contractor_id AND f.active AND f.id <= e.last_fact_id
               AND f.res_model != 'outsourcing.evaluation'
               AND (f.company_id = e.company_id OR f.company_id IS NULL)
               AND (f.date BETWEEN e.date_from AND e.date_to
                    OR (f.date >= e.carry_from AND f.date < e.date_from AND f.id > e.carry_after_id))
              LEFT JOIN outsourcing_contract c ON c.id = f.contract_id
             WHERE e.id = ANY(%s) AND (c.id IS NULL OR c.service_type_id = e.service_type_id)
            """,
            list(self.ids),
        )

    def _map_totals(self):
        """Return a dict (evaluation id, fact type, priority or None for all) -> :class:`Total`."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.id, f.fact_type, f.priority, GROUPING(f.priority), COUNT(*), SUM(f.value),
                       SUM(f.value * f.weight) / NULLIF(SUM(f.weight), 0),
                       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY f.value)
                %s GROUP BY GROUPING SETS ((e.id, f.fact_type, f.priority), (e.id, f.fact_type))
                """,
                self._get_counted_join(),
            )
        )
        totals = {}
        for evaluation_id, fact_type, priority, is_all, count, value, mean, median in rows:
            key = None if is_all else priority or ""
            totals[evaluation_id, fact_type, key] = Total(count, value or 0.0, mean or 0.0, median or 0.0)
        return totals

    def _apply_vetoes(self, totals):
        """Put the vetoes that follow from facts in line with ``totals`` of :meth:`_map_totals`."""
        vetoes = self.env["outsourcing.evaluation.veto"]._gated()
        vetoes.search([("evaluation_id", "in", self.ids), ("is_automatic", "=", True)]).unlink()
        vetoes.create(
            [
                {
                    "evaluation_id": evaluation.id,
                    "veto_id": veto.id,
                    "is_automatic": True,
                    "fact_count": count,
                }
                for evaluation in self
                for veto in evaluation.scorecard_id.veto_ids.filtered("fact_type")
                for count in [totals.get((evaluation.id, veto.fact_type, None), Total()).count]
                if count >= veto.min_count
            ]
        )
