from odoo import models


class OutsourcingSettlement(models.Model):
    """The statement of a return: what was withheld, what has gone back, what is still kept."""

    _inherit = "outsourcing.settlement"

    def _get_print_title(self):
        if self.kind == "return":
            return self.env._("Return of Retention and Bond")
        return super()._get_print_title()

    def _get_account(self):
        if self.kind != "return":
            return super()._get_account()
        _ = self.env._
        lines = self.contract_id.settlement_ids.line_ids
        earlier = self._get_earlier_settlements().line_ids
        withheld = -sum(lines.filtered(lambda line: line.kind == "retention").mapped("amount_billed"))
        before = sum(earlier.filtered(lambda line: line.kind == "retention_return").mapped("amount_billed"))
        now = sum(self.line_ids.filtered(lambda line: line.kind == "retention_return").mapped("amount"))
        return [
            (_("Contract amount"), self.contract_id.amount_total),
            (_("Retention withheld in all"), withheld),
            (_("Returned before"), before),
            (_("Returned now"), now),
            (_("Still withheld"), withheld - before - now),
            (_("Paid so far"), self._get_previous_totals()["amount_paid"] + self._get_price_paid()),
        ]


class OutsourcingSettlementLine(models.Model):
    _inherit = "outsourcing.settlement.line"

    def _get_evidence_rows(self):
        rows = super()._get_evidence_rows()
        if self.kind == "retention_return":
            origin = self.returned_line_id
            rows.append(
                {
                    "line": self.name,
                    "clause": "",
                    "date": origin.date_due,
                    "fact": self.formula or "",
                    "source": origin.settlement_id.name,
                    "amount": self.amount,
                }
            )
        return rows
