from odoo import models
from odoo.fields import Command


class OutsourcingSettlement(models.Model):
    """A recovered advance: paid to the prepayment account, taken back from later rows until it is zero."""

    _inherit = "outsourcing.settlement"

    def _prepare_line_vals(self, row):
        vals = super()._prepare_line_vals(row)
        milestone = self.env["outsourcing.contract.milestone"].browse(row.get("milestone_id"))
        if row["kind"] == "milestone" and milestone.is_prepayment:
            # money lent, not work: no order line, no expense and no tax until the work is billed
            account = self.company_id._outsourcing_ensure_prepayment_account()
            vals.update(purchase_line_id=False, account_id=account.id, tax_ids=[Command.clear()])
        return vals

    def _get_held_elsewhere(self):
        contracts = self.contract_id
        return {
            **super()._get_held_elsewhere(),
            "advance_open": contracts._get_open_advances(),
            "advance_lines": contracts._get_billed_advance_lines().grouped("contract_id"),
        }

    def _prepare_advance_lines_vals(self, elsewhere):
        vals_list = super()._prepare_advance_lines_vals(elsewhere)
        contract = self.contract_id
        if not contract.advance_is_recovered:
            return vals_list
        typed = sum(-vals["price_unit"] for vals in vals_list)
        rest = self.currency_id.round(elsewhere["advance_open"][contract])
        budget = self.currency_id.round(self._get_payable_before_recovery(elsewhere) - typed)
        worked = self.line_ids.filtered(
            lambda line: line.kind == "milestone" and not line.milestone_id.is_prepayment
        ).sorted(lambda line: (line.milestone_id.sequence, line.milestone_id.id))
        billed = elsewhere["advance_lines"].get(contract, self.line_ids.browse())[:1]
        for line in worked:
            amount = min(self._get_recovery_amount(line, rest, line == worked[-1]), rest, budget)
            if self.currency_id.compare_amounts(amount, 0.0) > 0:
                vals_list.append(self._prepare_recovery_line_vals(line, amount, rest, billed))
                rest = self.currency_id.round(rest - amount)
                budget = self.currency_id.round(budget - amount)
        elsewhere["advance_open"][contract] = rest
        return vals_list

    def _get_payable_before_recovery(self, elsewhere):
        """Return what is left to pay after deductions and retention: no more can be taken back."""
        retained = sum(vals["price_unit"] for vals in self._prepare_retention_lines_vals(elsewhere))
        return sum(self.line_ids.mapped("amount")) + retained

    def _get_recovery_amount(self, line, rest, is_last_line):
        """Return what ``line`` gives back by the contract's rule; the last work gives back all the rest."""
        row = line.milestone_id
        if not row._is_advance_recovered_here():
            return 0.0
        if is_last_line and self.contract_id._is_all_work_settled():
            return rest
        return row._get_recoverable(line.quantity)

    def _prepare_recovery_line_vals(self, line, amount, rest, billed):
        account = billed.account_id or self.company_id._outsourcing_ensure_prepayment_account()
        return {
            "settlement_id": self.id,
            "sequence": self._get_line_sequence("advance_recovery"),
            "kind": "advance_recovery",
            "name": self.env._("Recovery of the advance: %s", line.name),
            "milestone_id": line.milestone_id.id,
            "community_id": line.community_id.id,
            "account_id": account.id,
            "price_unit": -amount,
            "analytic_distribution": billed.analytic_distribution,
            "formula": self.env._(
                "open advance %(rest)s, %(rate)s %% of %(base)s",
                rest=self._format_money(rest),
                rate=f"{self.contract_id.advance_recovery_rate:g}",
                base=self._format_money(line.quantity),
            ),
            "source_key": f"advance_recovery:{line.source_key}",
        }

    # ---- the bill ---------------------------------------------------------------------------------------

    def _get_unordered_lines(self):
        lines = super()._get_unordered_lines()
        return lines.filtered(lambda line: not line.milestone_id.is_prepayment)

    def _check_transition(self, target):
        super()._check_transition(target)
        if target in ("submitted", "approved", "billed") and not self._is_system_actor():
            self.contract_id._check_advance_not_overdrawn()

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("billed", "approved"):
            self.contract_id._count_recovered_advance()
