from odoo import api, fields, models
from odoo.tools import SQL, groupby


class OutsourcingEvaluation(models.Model):
    """Counting: all facts of all evaluations at once, whatever their number."""

    _inherit = "outsourcing.evaluation"

    def _count(self):
        """Count the facts of ``self`` (in sudo, drafts) anew and rate what follows."""
        self._stamp_extent()
        criteria = self._map_criteria()
        totals = self._map_totals(criteria)
        self._rate(totals, criteria)
        self._store_figures(criteria)
        self._complete_count(totals, criteria)

    def _count_new(self):
        """Draw up the criteria of ``self`` (in sudo, without any) with what their facts come to."""
        criteria = self._map_new_criteria()
        totals = self._map_totals(criteria)
        self._rate(totals, criteria)
        self._create_criteria(criteria)
        self._complete_count(totals, criteria)

    def _complete_count(self, totals, criteria):
        """Draw up what follows from ``criteria`` that are rated: each contract, vetoes, the score."""
        self.modified(["line_ids"])
        self._count_contracts(totals, criteria)
        self._apply_vetoes(totals)

    def _stamp_extent(self):
        """Stamp which facts count: until which one, and which came late."""
        keys = {evaluation: evaluation._get_extent_key() for evaluation in self}
        extents = self._map_extents(list(keys.values()))
        for vals, evaluations in groupby(self, lambda evaluation: tuple(extents[keys[evaluation]].items())):
            self.browse().union(*evaluations)._gated().write(dict(vals))
        self.flush_model()

    def _get_extent_key(self):
        self.ensure_one()
        return self.company_id, self.contractor_id, self.service_type_id, self.date_from

    @api.model
    def _map_extents(self, keys):
        """Return which facts count now: dict of each of ``keys`` -> values of an evaluation.

        :param keys: list of (company, contractor, service type, first day)
        """
        facts = self.env["outsourcing.fact"]
        facts.flush_model()
        last = facts.search([], order="id desc", limit=1).id  # in sudo, of all firms
        former, moment = self._map_former(keys), fields.Datetime.now()
        return {
            key: {
                "date_counted": moment,
                "last_fact_id": last,
                "carry_from": before.date_from,
                "carry_after_id": before.last_fact_id,
            }
            for key, before in former.items()
        }

    @api.model
    def _map_former(self, keys):
        """Return a dict: key of :meth:`_map_extents` -> the final evaluation just before it."""
        domain = [
            ("state", "=", "final"),
            ("contractor_id", "in", [firm.id for _company, firm, _service, _day in keys]),
            ("service_type_id", "in", list({service.id for _company, _firm, service, _day in keys})),
        ]
        found = self.search(domain, order="date_from desc").grouped(
            lambda evaluation: evaluation._get_extent_key()[:3]
        )
        former = {}
        for *party, day in keys:
            earlier = [other for other in found.get(tuple(party), ()) if other.date_from < day]
            former[*party, day] = earlier[0] if earlier else self.browse()
        return former

    def _stamp_scope(self, totals):
        """Stamp under which contracts and where the facts were recorded, and how many came late."""
        served = set().union(*(found.communities[None] for found in totals.values()))
        communities = self.env["outsourcing.community"].browse(served)
        households = dict(zip(communities.ids, communities.mapped("household_count"), strict=True))
        for found in totals.values():
            found.set_households(households)
        self._link_scope("outsourcing_evaluation_contract_rel", "contract_id", {
            evaluation_id: found.contracts for evaluation_id, found in totals.items()
        })  # fmt: skip
        self._link_scope("outsourcing_evaluation_community_rel", "community_id", {
            evaluation_id: found.communities[None] for evaluation_id, found in totals.items()
        })  # fmt: skip
        self.env.cr.execute(
            SQL(
                """
                UPDATE outsourcing_evaluation e
                   SET household_count = new.households, late_fact_count = new.late
                  FROM unnest(%s::int[], %s::int[], %s::int[]) AS new(id, households, late)
                 WHERE e.id = new.id
                """,
                list(totals),
                [found.households[None] for found in totals.values()],
                [found.late for found in totals.values()],
            )
        )
        self.invalidate_recordset(["household_count", "late_fact_count", "contract_ids", "community_ids"])

    def _link_scope(self, table, column, linked):
        """Link ``self`` to the ids of ``linked``, a dict by evaluation id, in two queries."""
        names = {"table": SQL.identifier(table), "column": SQL.identifier(column)}
        pairs = [(own, other) for own, others in linked.items() for other in sorted(others)]
        self.env.cr.execute(
            SQL("DELETE FROM %(table)s WHERE evaluation_id = ANY(%(ids)s)", ids=list(self.ids), **names)
        )
        if pairs:
            own, others = map(list, zip(*pairs, strict=True))
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %(table)s (evaluation_id, %(column)s) "
                    "SELECT * FROM unnest(%(own)s, %(others)s)",
                    own=own,
                    others=others,
                    **names,
                )  # fmt: skip
            )

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
                for count in [totals[evaluation.id].get(veto.fact_type).count]
                if count >= veto.min_count
            ]
        )

    def _rate(self, totals, criteria):
        """Stamp where the facts were recorded; write what they come to into ``criteria``."""
        self._stamp_scope(totals)
        types = self.env["outsourcing.fact"]._get_fact_types()
        for evaluation_id, found in totals.items():
            for criterion in criteria[evaluation_id]:
                if criterion.measured:
                    criterion.rate(criterion.measured.count(found, types, None))
