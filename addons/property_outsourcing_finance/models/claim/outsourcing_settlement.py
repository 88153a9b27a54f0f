from odoo import models
from odoo.exceptions import UserError

from .outsourcing_contract import ENDED


class OutsourcingSettlement(models.Model):
    """The last settlement of an ended contract: never below zero, and also of rewards alone."""

    _inherit = "outsourcing.settlement"

    def _get_settled_adjustment_ids(self, adjustment_ids):
        claimed = self.env["outsourcing.claim.line"].search(
            [("adjustment_id", "in", [i for i in adjustment_ids if i]), ("is_active", "=", True)]
        )
        return super()._get_settled_adjustment_ids(adjustment_ids) | set(claimed.adjustment_id.ids)

    def _generate_lines(self):
        result = super()._generate_lines()
        for settlement in self.sudo():  # super has checked access
            if settlement.state == "draft" and settlement.contract_id.state in ENDED:
                settlement._leave_for_claim()
        return result

    def _leave_for_claim(self):
        """Take off the deductions (in sudo) that the last work does not cover: they are claimed."""
        deductions = self.line_ids.filtered(lambda line: line.kind == "deduction").sorted("amount")
        while deductions and self.currency_id.compare_amounts(self.amount_payable, 0.0) < 0:
            deductions[0]._gated().unlink()
            deductions = deductions[1:]

    def _is_rewards_alone(self):
        self.ensure_one()
        kinds = set(self.line_ids.mapped("kind"))
        return self.contract_id.state in ENDED and "reward" in kinds and "milestone" not in kinds

    def _check_complete(self):
        rewards = self.filtered(lambda settlement: settlement._is_rewards_alone())
        super(OutsourcingSettlement, self - rewards)._check_complete()
        for settlement in rewards:
            if settlement.currency_id.compare_amounts(settlement.amount_payable, 0.0) < 0:
                raise UserError(
                    self.env._(
                        "%s: the contractor owes more than it is owed: claim it under the contract.",
                        settlement.display_name,
                    )
                )
