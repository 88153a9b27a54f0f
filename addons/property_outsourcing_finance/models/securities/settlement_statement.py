from odoo import models


class OutsourcingSettlement(models.Model):
    """The statement of a return: what was withheld, what has gone back, what is still kept."""

    _name = "outsourcing.settlement"
    _inherit = ["outsourcing.settlement", "outsourcing.paper.mixin"]

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

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if paper == "retention_application" and not self._get_retention_returns():
            missing.append(self.env._("it returns no retention"))
        return missing

    def _get_retention_returns(self):
        return self.line_ids.filtered(lambda line: line.kind == "retention_return")

    def _get_uninvoiced_lines(self):
        return super()._get_uninvoiced_lines() | self._get_retention_returns()

    def _get_retention_data(self):
        """Return what the application for the return prints; whoever may read the settlement may read it."""
        self.ensure_one()
        self.check_access("read")
        settlement = self.sudo()  # access to the settlement was checked in the line above
        contract = settlement.contract_id
        ends = [day for day in contract.milestone_ids.mapped("date_liability_end") if day]
        return {
            "contract": contract,
            "client": settlement._get_party("client"),
            "contractor": settlement._get_party("contractor"),
            "liability_end": max(ends, default=False),
            "amount": sum(settlement._get_retention_returns().mapped("amount")),
        }


class OutsourcingSettlementLine(models.Model):
    _inherit = "outsourcing.settlement.line"

    def _get_evidence_rows(self):
        rows = super()._get_evidence_rows()
        if self.kind == "retention_return":
            origin = self.returned_line_id
            rows.append(
                self._prepare_evidence_row(
                    date=origin.date_due, fact=self.formula or "", source=origin.settlement_id.name
                )
            )
        return rows
