from odoo import models


class OutsourcingSettlement(models.Model):
    """The account of the contract on the statement: before, with this settlement, in all, paid."""

    _inherit = "outsourcing.settlement"

    def _get_earlier_settlements(self):
        """Return the settlements of the contract drawn up before this one, cancelled ones aside."""
        self.ensure_one()
        others = self.search(
            [
                ("contract_id", "=", self.contract_id.id),
                ("id", "!=", self.id),
                ("state", "!=", "cancelled"),
                ("date", "<=", self.date),
            ]
        )
        return others.filtered(lambda other: (other.date, other.id) < (self.date, self.id))

    def _get_previous_totals(self):
        """Return what the contract's earlier settlements come to, by posted bills less credit notes.

        :return: dict of ``amount_accepted`` (advances that are recovered aside), ``amount_retention``,
            ``amount_payable``, ``amount_paid`` and ``amount_waiting``: approved or billed in draft only
        """
        earlier = self._get_earlier_settlements()
        lines = earlier.line_ids.filtered(
            lambda line: line.kind != "milestone" or not line.milestone_id.is_prepayment
        )
        totals = lines._sum_by_total("amount_billed")
        waiting = earlier.filtered(lambda s: s.state == "approved" or s.payment_state == "draft")
        return {
            "amount_accepted": totals["amount_accepted"],
            "amount_retention": totals["amount_retention"],
            "amount_payable": earlier._get_price_billed(),
            "amount_paid": earlier._get_price_paid(),
            "amount_waiting": sum(waiting.mapped("amount_payable")),
        }

    def _get_account(self):
        """Return the account of the contract up to this settlement as a list of (label, amount).

        Earlier settlements count by posted bills less credit notes, this one by what it says.
        """
        _ = self.env._
        before = self._get_previous_totals()
        work = self.line_ids.filtered(
            lambda line: line.kind == "milestone" and not line.milestone_id.is_prepayment
        )
        accepted = sum(work.mapped("amount"))
        return [
            (_("Contract amount"), self.contract_id.amount_total),
            (_("Settled before"), before["amount_accepted"]),
            (_("This settlement"), accepted),
            (_("Settled in all"), before["amount_accepted"] + accepted),
            (_("Retention in all"), before["amount_retention"] + self.amount_retention),
            (_("Payable in all"), before["amount_payable"] + self.amount_payable),
            (_("Paid so far"), before["amount_paid"] + self._get_price_paid()),
        ]
