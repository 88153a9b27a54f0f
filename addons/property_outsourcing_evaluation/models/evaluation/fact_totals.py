from collections import defaultdict
from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL


@dataclass
class Total:
    """The facts of one type, of one contract or of all, of one priority or of all."""

    count: int = 0
    value: float = 0.0
    weighted: float = 0.0
    weight: float = 0.0
    median: float = 0.0

    @property
    def mean(self):
        return self.weighted / self.weight if self.weight else 0.0

    def add(self, count, value, weighted, weight):
        self.count += count
        self.value += value or 0.0
        self.weighted += weighted or 0.0
        self.weight += weight or 0.0


NONE = Total()


class Totals:
    """What one evaluation counts: totals by type, contract and priority, and where it was recorded."""

    def __init__(self):
        self._totals = defaultdict(Total)
        self.counts = defaultdict(int)  # contract id, or None for all -> facts of any kind
        self.contracts = set()
        self.communities = defaultdict(set)  # contract id, or None for all -> community ids
        self.late = 0
        self.recorded = set()  # the types counted by households that are recorded at all

    def add(self, contract_id, community_id, fact_type, priority, is_late, *figures):
        """Take in one row of facts that are alike."""
        priority = priority or ""
        for contract in {contract_id, None}:
            self.counts[contract] += figures[0]
            if community_id:
                self.communities[contract].add(community_id)
            for key in {priority, None}:
                self._totals[contract, fact_type, key].add(*figures)
        if contract_id:
            self.contracts.add(contract_id)
        self.late += figures[0] if is_late else 0

    def set_median(self, contract_id, fact_type, priority, median):
        """Note the median of what was taken in."""
        self._totals[contract_id, fact_type, priority].median = median or 0.0

    def get(self, fact_type, priority=None, contract_id=None):
        """Return the :class:`Total` of a type; of all priorities and contracts unless told."""
        return self._totals.get((contract_id, fact_type, priority or None), NONE)


class OutsourcingEvaluation(models.Model):
    """Reading the facts of all evaluations at once: each fact once, once more where a median is asked."""

    _inherit = "outsourcing.evaluation"

    def _map_totals(self):
        """Return a dict: evaluation id -> :class:`Totals`, for all of ``self``."""
        totals = {evaluation.id: Totals() for evaluation in self}
        recorded = self._get_recorded_types()
        for found in totals.values():
            found.recorded = recorded
        for evaluation_id, *row in self.env.execute_query(self._get_totals_query()):
            totals[evaluation_id].add(*row)
        medians = self.line_ids.filtered(lambda line: line.measure == "median")
        if medians:
            types, by_priority = sorted(set(medians.mapped("fact_type"))), any(medians.mapped("priority"))
            for row in self.env.execute_query(self._get_medians_query(types, by_priority)):
                totals[row[0]].set_median(*row[1:])
        return totals

    def _get_recorded_types(self):
        """Return which types counted by households were ever recorded of anybody: others say nothing."""
        types = set(self.line_ids.filtered(lambda line: line.measure == "households").mapped("fact_type"))
        rows = self.env.execute_query(
            SQL(
                "SELECT code FROM unnest(%s::text[]) code "
                "WHERE EXISTS (SELECT FROM outsourcing_fact f WHERE f.fact_type = code)",
                sorted(types),
            )
        )
        return {code for (code,) in rows}

    def _get_totals_query(self):
        """Return the query of what :meth:`Totals.add` takes, by evaluation."""
        return SQL(
            """
            SELECT e.id, f.contract_id, f.community_id, f.fact_type, f.priority, f.date < e.date_from,
                   COUNT(*), SUM(f.value), SUM(f.value * f.weight), SUM(f.weight)
            %s GROUP BY 1, 2, 3, 4, 5, 6
            """,
            self._get_counted_join(),
        )

    def _get_medians_query(self, types, by_priority):
        """Return the query of what :meth:`Totals.set_median` takes, by evaluation.

        The contract is NULL for all together, 0 for what is of none; so is the priority for all.
        """
        sets = ["(e.id, f.fact_type)", "(e.id, f.fact_type, f.contract_id)"]
        priority = "NULL"
        if by_priority:
            sets += ["(e.id, f.fact_type, f.priority)", "(e.id, f.fact_type, f.contract_id, f.priority)"]
            priority = "CASE WHEN GROUPING(f.priority) = 0 THEN COALESCE(f.priority, '') END"
        return SQL(
            """
            SELECT e.id, CASE WHEN GROUPING(f.contract_id) = 0 THEN COALESCE(f.contract_id, 0) END,
                   f.fact_type, %(priority)s, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY f.value)
            %(join)s AND f.fact_type = ANY(%(types)s)
             GROUP BY GROUPING SETS (%(sets)s)
            """,
            priority=SQL(priority),
            join=self._get_counted_join(),
            types=types,
            sets=SQL(", ".join(sets)),
        )

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
