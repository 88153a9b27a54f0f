from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    amount_advance_recovered = fields.Monetary(
        "Advance Recovered", readonly=True, copy=False, help="What billed settlements have taken back so far."
    )
    amount_advance_open = fields.Monetary(
        "Advance Still Open", compute="_compute_amount_advance_open", compute_sudo=True
    )

    @api.depends("settlement_ids.line_ids.amount", "settlement_ids.state")
    def _compute_amount_advance_open(self):
        # without such a row no advance was ever paid
        lent = self.filtered(lambda contract: "advance" in contract.milestone_ids.mapped("kind"))
        by_contract = lent._get_open_advances() if lent else {}
        for contract in self:
            contract.amount_advance_open = by_contract.get(contract, 0.0)

    @api.model
    def _get_derived_fields(self):
        return super()._get_derived_fields() | {"amount_advance_recovered"}

    def _get_billed_advance_lines(self):
        """Return the settlement lines by which advances of these contracts were billed, and still are."""
        lines = self.env["outsourcing.settlement.line"].search(
            [
                ("contract_id", "in", self.ids),
                ("kind", "=", "milestone"),
                ("milestone_id.kind", "=", "advance"),
                ("settlement_id.state", "=", "billed"),
            ]
        )
        return lines.filtered("amount_billed")

    def _get_open_advances(self):
        """Return a dict contract -> advances billed and not recovered yet, tax included."""
        recovered = self.env["outsourcing.settlement.line"].search(
            [("contract_id", "in", self.ids), ("kind", "=", "advance_recovery"), ("is_active", "=", True)]
        )
        open_advances = dict.fromkeys(self, 0.0)
        for line in self._get_billed_advance_lines() | recovered:
            open_advances[line.contract_id] += line._get_standing_amount()
        return open_advances

    def _is_all_work_settled(self):
        """Return whether the settlements, drafts included, cover all work of the contract."""
        self.ensure_one()
        work = self.milestone_ids.filtered(lambda row: not row.is_prepayment)
        settled = sum(work.mapped("amount_billed")) + sum(work.mapped("amount_in_settlement"))
        return self.currency_id.compare_amounts(settled, sum(work.mapped("amount"))) >= 0

    def _check_advance_not_overdrawn(self):
        """Raise UserError if settlements on their way take back more than was paid ahead."""
        for contract, amount in self._get_open_advances().items():
            if contract.currency_id.compare_amounts(amount, 0.0) < 0:
                raise UserError(
                    self.env._(
                        "%s: more of the advance would be recovered than is open. Return the settlement and "
                        "take its lines over again.",
                        contract.display_name,
                    )
                )

    def _count_recovered_advance(self):
        """Write down what is recovered: two settlements billed at once conflict here and one is retried."""
        lines = self.env["outsourcing.settlement.line"].search(
            [
                ("contract_id", "in", self.ids),
                ("kind", "=", "advance_recovery"),
                ("settlement_id.state", "=", "billed"),
            ]
        )
        by_contract = lines.grouped("contract_id")
        for contract in self:
            recovered = -sum(line._get_standing_amount() for line in by_contract.get(contract, ()))
            if contract.currency_id.compare_amounts(contract.amount_advance_recovered, recovered):
                contract._gated().write({"amount_advance_recovered": recovered})

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        recovers = target == "closed" and self.advance_is_recovered
        amount = self._ask_together("_get_open_advances")[self] if recovers else 0.0
        if not self.currency_id.is_zero(amount):
            sentence = self.env._(
                "%(contract)s: %(amount)s of the advance is not recovered yet.",
                contract=self.display_name,
                amount=format_money(self, amount),
            )
            points.append(MissingPoint(sentence, record=self, page="payment"))
        return points
