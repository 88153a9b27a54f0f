from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

STOPS = 1000  # a query has 1,664 columns at most


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
        """The weighted mean of the values, 0 without any."""
        return self.weighted / self.weight if self.weight else 0.0

    def add(self, count, value, weighted, weight):
        """Add what a group of facts comes to."""
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
        self.households = defaultdict(int)  # contract id, or None for all -> households served
        self.late = 0
        self.recorded = set()  # the types counted by households that are recorded at all

    def add(self, contract_id, community_id, fact_type, priority, is_late, *figures):
        """Take in one row of facts that are alike."""
        for contract in {contract_id, None}:
            self.counts[contract] += figures[0]
            if community_id:
                self.communities[contract].add(community_id)
            self._totals[contract, fact_type, None].add(*figures)
            if priority:  # told only where a criterion asks for one
                self._totals[contract, fact_type, priority].add(*figures)
        if contract_id:
            self.contracts.add(contract_id)
        self.late += figures[0] if is_late else 0

    def set_households(self, counts):
        """Note how many households were served; ``counts`` is a dict by community id."""
        for contract, communities in self.communities.items():
            self.households[contract] = sum(counts[community] for community in communities)

    def set_median(self, contract_id, fact_type, priority, median):
        """Note the median of what was taken in."""
        self._totals[contract_id, fact_type, priority].median = median or 0.0

    def get(self, fact_type, priority=None, contract_id=None):
        """Return the :class:`Total` of a type; of all priorities and contracts unless told."""
        return self._totals.get((contract_id, fact_type, priority or None), NONE)


class OutsourcingEvaluation(models.Model):
    """Reading the facts of all evaluations at once: each fact once, once more where a median is asked."""

    _inherit = "outsourcing.evaluation"

    def _map_totals(self, criteria=None):
        """Return a dict: evaluation id -> :class:`Totals`, for all of ``self``.

        :param criteria: of :meth:`_map_criteria`, where they are at hand
        """
        criteria = self._map_criteria() if criteria is None else criteria
        measured = {criterion.measured for found in criteria.values() for criterion in found}
        measured.discard(None)
        totals = {evaluation.id: Totals() for evaluation in self}
        if not totals:
            return totals
        recorded = self._get_recorded_types(measured)
        for found in totals.values():
            found.recorded = recorded
        for part in self._split_by_stops():
            for evaluation_id, *row in self.env.execute_query(part._get_totals_query(measured)):
                totals[evaluation_id].add(*row)
        medians = [one for one in measured if one.measure == "median"]
        if medians:
            types, by_priority = (
                sorted({one.fact_type for one in medians}),
                any(one.priority for one in medians),
            )
            for row in self.env.execute_query(self._get_medians_query(types, by_priority)):
                totals[row[0]].set_median(*row[1:])
        return totals

    def _get_recorded_types(self, measured):
        """Return which types counted by households were ever recorded of anybody: others say nothing."""
        types = {one.fact_type for one in measured if one.measure == "households"}
        rows = self.env.execute_query(
            SQL(
                "SELECT code FROM unnest(%s::text[]) code "
                "WHERE EXISTS (SELECT FROM outsourcing_fact f WHERE f.fact_type = code)",
                sorted(types),
            )
        )
        return {code for (code,) in rows}

    def _get_totals_query(self, measured):
        """Return the query of what :meth:`Totals.add` takes, by evaluation.

        The facts are added up first, by the stretch of days and of ids they lie in: where these begin
        anew is where a quarter begins or ends, and where an earlier count had stopped. Which facts count is
        said here once more than in :meth:`_get_counted_join`, for the speed of a whole quarter: each of a
        million facts is read once and the sums are joined, where the join would meet each evaluation with
        each of its facts. Medians have no sums and take the join.
        """
        days, ids = self._get_stretches()
        by_priority = {
            code for one in measured if one.priority for code in (one.fact_type, one.denominator_type) if code
        }
        # a yes or no each: of a number made of the id, the database would expect as many groups as facts
        seen = [SQL("f.id >= %s", fact_id) for fact_id in ids[1:-1]]
        groups = range(1, 8 + len(seen))
        return SQL(
            """
            WITH counted (contractor_id, contract_id, community_id, company_id, fact_type, priority, day,
                          %(names)s facts, value, weighted, weight) AS MATERIALIZED (
                SELECT f.contractor_id, f.contract_id, f.community_id, f.company_id, f.fact_type,
                       %(priority)s, width_bucket(f.date, %(days)s::date[]), %(seen)s
                       COUNT(*), SUM(f.value), SUM(f.value * f.weight), SUM(f.weight)
                  FROM outsourcing_fact f
                 WHERE f.active AND f.contractor_id = ANY(%(firms)s) AND f.date >= %(first)s
                   AND f.date < %(after)s AND f.id < %(last)s AND f.res_model != 'outsourcing.evaluation'
                 GROUP BY %(groups)s)
            SELECT e.id, k.contract_id, k.community_id, k.fact_type, k.priority, k.day < e.day_from,
                   k.facts, k.value, k.weighted, k.weight
              FROM (SELECT e.id, e.company_id, e.contractor_id, e.service_type_id,
                           width_bucket(e.date_from, %(days)s::date[]) AS day_from,
                           width_bucket(e.date_to, %(days)s::date[]) AS day_to,
                           width_bucket(e.carry_from, %(days)s::date[]) AS day_carried,
                           width_bucket(e.last_fact_id, %(ids)s::int[]) AS seen_until,
                           width_bucket(e.carry_after_id, %(ids)s::int[]) AS seen_before
                      FROM outsourcing_evaluation e WHERE e.id = ANY(%(evaluations)s)) e
              JOIN (SELECT *, 1 %(stretch)s AS seen FROM counted) k
                ON k.contractor_id = e.contractor_id AND k.seen <= e.seen_until
               AND (k.company_id = e.company_id OR k.company_id IS NULL)
               AND (k.day BETWEEN e.day_from AND e.day_to
                    OR k.day >= e.day_carried AND k.day < e.day_from AND k.seen > e.seen_before)
              LEFT JOIN outsourcing_contract c ON c.id = k.contract_id
             WHERE c.id IS NULL OR c.service_type_id = e.service_type_id
            """,
            names=SQL("".join(f"seen_{number}, " for number in range(len(seen)))),
            priority=SQL("CASE WHEN f.fact_type = ANY(%s) THEN f.priority END", sorted(by_priority))
            if by_priority
            else SQL("NULL"),
            seen=SQL(", ").join([*seen, SQL()]) if seen else SQL(),
            groups=SQL(", ".join(map(str, groups))),
            stretch=SQL("".join(f" + seen_{number}::int" for number in range(len(seen)))),
            days=days,
            ids=ids,
            firms=self.contractor_id.ids,
            first=days[0],
            after=days[-1],
            last=ids[-1],
            evaluations=list(self.ids),
        )

    def _split_by_stops(self):
        """Return parts of ``self`` that stop at no more different facts than a query has columns for."""
        parts, stops = [[]], set()
        for evaluation in self:
            if len(stops) >= STOPS:
                parts.append([])
                stops = set()
            stops |= {evaluation.last_fact_id, evaluation.carry_after_id}
            parts[-1].append(evaluation.id)
        return [self.browse(ids) for ids in parts]

    def _get_stretches(self):
        """Return the days, and the ids of facts, from which on ``self`` counts otherwise; both in order."""
        days, ids = set(), {0}
        for evaluation in self:
            days |= {evaluation.date_from, evaluation.date_to + timedelta(days=1)}
            ids.add(evaluation.last_fact_id + 1)
            if evaluation.carry_from:
                days.add(evaluation.carry_from)
                ids.add(evaluation.carry_after_id + 1)
        return sorted(days), sorted(ids)

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
