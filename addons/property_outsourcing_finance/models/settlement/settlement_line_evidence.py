from odoo import models


class OutsourcingSettlementLine(models.Model):
    """What a line of the statement rests on, for the second sheet."""

    _inherit = "outsourcing.settlement.line"

    def _get_evidence_rows(self):
        """Return what the line rests on: for work its acceptance, for an adjustment clause and facts."""
        self.ensure_one()
        row = self._prepare_evidence_row()
        if self.kind == "milestone":
            return [{**row, "date": self.milestone_id.date_accepted, **self._get_acceptance_evidence()}]
        if self.kind == "retention":
            return [{**row, "fact": self.formula or "", "due": self.date_due}]
        if self.source_name:
            return [{**row, "fact": self.formula or "", "date": self.date, "source": self.source_name}]
        adjustment = self.adjustment_id
        if not adjustment:
            return []
        row.update(line=adjustment.name, clause=adjustment.rule_id.display_name, date=adjustment.date)
        if not adjustment.fact_ids:
            return [{**row, "fact": adjustment.reason or ""}]
        labels = dict(adjustment.fact_ids._fields["fact_type"]._description_selection(self.env))
        rows = [
            {
                **row,
                "date": fact.date,
                "fact": " ".join(filter(None, (labels.get(fact.fact_type), fact.note))),
                "source": fact.source_name or "",
                "amount": 0.0,
            }
            for fact in adjustment.fact_ids
        ]
        rows[0]["amount"] = self.amount  # several facts of one deduction: it counts once
        return rows

    def _prepare_evidence_row(self, **values):
        """Return a row of what the line rests on, everything it does not say empty.

        :param values: ``clause``, ``date``, ``due`` (when it goes back), ``fact``, ``source``
        """
        empty = {"clause": "", "date": False, "due": False, "fact": "", "source": ""}
        return {"line": self.name, "amount": self.amount, **empty, **values}

    def _get_acceptance_evidence(self):
        source = self.milestone_id.accepted_source_name
        return {"fact": self.env._("Acceptance passed"), "source": source or ""}
