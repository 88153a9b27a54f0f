from odoo import fields, models
from odoo.tools import SQL

FIGURES = ("numerator", "sample", "value", "points", "status")


class OutsourcingEvaluation(models.Model):
    """Counting: all facts of all evaluations at once, whatever their number."""

    _inherit = "outsourcing.evaluation"

    def _count(self):
        """Count the facts of ``self`` (in sudo, drafts) anew and rate what follows."""
        self._stamp_extent()
        totals = self._map_totals()
        self._link_scope("outsourcing_evaluation_contract_rel", "contract_id", {
            evaluation.id: totals[evaluation.id].contracts for evaluation in self
        })  # fmt: skip
        self._link_scope("outsourcing_evaluation_community_rel", "community_id", {
            evaluation.id: totals[evaluation.id].communities[None] for evaluation in self
        })  # fmt: skip
        self.invalidate_model(["contract_ids", "community_ids"])
        households = self._map_households(totals)
        lines = self.line_ids.filtered(lambda line: line.method == "facts")
        lines._write_figures(totals)
        self._count_contracts(totals, households)
        self._apply_vetoes(totals)

    def _stamp_extent(self):
        """Stamp which facts count: until which one, and which came late."""
        facts = self.env["outsourcing.fact"]
        facts.flush_model()
        last = facts.search([], order="id desc", limit=1).id  # in sudo, of all firms
        former = self._map_former()
        moment = fields.Datetime.now()
        for before, evaluations in self.grouped(lambda e: former[e]).items():
            evaluations._gated().write(
                {
                    "date_counted": moment,
                    "last_fact_id": last,
                    "carry_from": before.date_from,
                    "carry_after_id": before.last_fact_id,
                }
            )
        self.flush_model()

    def _map_households(self, totals):
        """Stamp households and late facts; return a dict community id -> households."""
        served = set().union(*(found.communities[None] for found in totals.values()))
        communities = self.env["outsourcing.community"].browse(served)
        households = dict(zip(communities.ids, communities.mapped("household_count"), strict=True))
        for evaluation in self:
            found = totals[evaluation.id]
            count = sum(households[community] for community in found.communities[None])
            evaluation._gated().write({"household_count": count, "late_fact_count": found.late})
        return households

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

    def _map_former(self):
        """Return a dict: evaluation -> the final one of the same contractor and service just before it."""
        domain = [
            ("state", "=", "final"),
            ("contractor_id", "in", self.contractor_id.ids),
            ("service_type_id", "in", self.service_type_id.ids),
        ]
        found = self.search(domain, order="date_from desc").grouped(
            lambda e: (e.company_id, e.contractor_id, e.service_type_id)
        )
        former = {}
        for evaluation in self:
            key = (evaluation.company_id, evaluation.contractor_id, evaluation.service_type_id)
            earlier = [other for other in found.get(key, ()) if other.date_from < evaluation.date_from]
            former[evaluation] = earlier[0] if earlier else self.browse()
        return former

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


class OutsourcingEvaluationLine(models.Model):
    _inherit = "outsourcing.evaluation.line"

    def _write_figures(self, totals):
        """Write the figures and points of ``self``, criteria of facts, in one query whatever their number."""
        if not self:
            return
        self.flush_model()
        types, rows = self.env["outsourcing.fact"]._get_fact_types(), []
        for line in self:
            found = totals[line.evaluation_id.id]
            figures = line._make_figure(found, types, None, line.evaluation_id.household_count)
            rows.append((line.id, *(figures[name] for name in FIGURES)))
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
        self.invalidate_recordset([*FIGURES, "note", "judged_by_id"])
        self.modified(["points", "status", "value"])
