from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import format_money
from ..workflow.missing_points import MissingPoint


class OutsourcingContract(models.Model):
    """Advance payment: what is paid ahead, and from which rows it is taken back."""

    _inherit = "outsourcing.contract"

    advance_is_recovered = fields.Boolean(
        "Recover the Advance",
        help="The advance is lent on later rows: it is paid besides them and held back from them until "
        "nothing is left. Without it, an advance is simply the first instalment of the price.",
    )
    advance_recovery_rate = fields.Float(
        "Recovery (%)",
        default=100.0,
        help="Share of each row that is held back until the advance is recovered; 100 takes it back in full "
        "from the first rows.",
    )
    advance_recovery_from_id = fields.Many2one(
        "outsourcing.contract.milestone",
        "Recovery Begins With",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('contract_id', '=', id), ('kind', '!=', 'advance')]",
        help="The first row the advance is taken back from. Empty: the first row after the advance.",
    )
    amount_advance = fields.Monetary("Advance", compute="_compute_amount_advance")

    @api.depends("milestone_ids.amount", "milestone_ids.is_prepayment")
    def _compute_amount_advance(self):
        for contract in self:
            rows = contract.milestone_ids.filtered("is_prepayment")
            contract.amount_advance = sum(rows.mapped("amount"))

    @api.constrains("advance_is_recovered", "advance_recovery_rate", "advance_recovery_from_id")
    def _check_advance_recovery(self):
        for contract in self.filtered("advance_is_recovered"):
            if not 0 < contract.advance_recovery_rate <= 100:
                raise ValidationError(
                    self.env._("The recovery of the advance must lie above 0 and up to 100 percent of a row.")
                )
            first = contract.advance_recovery_from_id
            if first and (first.contract_id != contract or first.kind == "advance"):
                raise ValidationError(
                    self.env._("The recovery of the advance begins with a later row of the same contract.")
                )

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        message = target == "to_approve" and self.advance_is_recovered and self._get_advance_message()
        if message:
            points.append(MissingPoint(message, record=self, page="payment"))
        return points

    def _get_advance_message(self):
        """Return why the advance of the contract is not recovered as agreed, or False."""
        if not self.amount_advance:
            return self.env._("%s recovers an advance, but has no advance row.", self.display_name)
        recoverable = sum(row._get_recoverable(row.amount) for row in self.milestone_ids)
        if self.currency_id.compare_amounts(recoverable, self.amount_advance) >= 0:
            return False
        return self.env._(
            "The advance of %(advance)s is never recovered: the rows after it give back %(rows)s only.",
            advance=format_money(self, self.amount_advance),
            rows=format_money(self, recoverable),
        )
