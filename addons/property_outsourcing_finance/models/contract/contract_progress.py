from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import join_names


class OutsourcingContract(models.Model):
    """What of the contract has been paid, beside what is accepted and billed."""

    _inherit = "outsourcing.contract"

    amount_paid = fields.Monetary(
        "Paid",
        compute="_compute_amount_paid",
        store=True,
        compute_sudo=True,
        help="Money that went to the contractor under this contract, advances included. A bond that goes "
        "back is no payment.",
    )
    paid_progress = fields.Integer("Paid (%)", compute="_compute_paid_progress", store=True)

    @api.depends(
        "tax_included",
        "settlement_ids.amount_paid",
        "settlement_ids.line_ids.amount_billed",
        "settlement_ids.line_ids.amount_billed_untaxed",
    )
    def _compute_amount_paid(self):
        for contract in self:
            settlements = contract.settlement_ids
            if contract.tax_included:
                paid = settlements._get_price_paid()
            else:
                paid = sum(
                    settlement._get_paid_ratio() * sum(lines.mapped("amount_billed_untaxed"))
                    for settlement in settlements
                    if (lines := settlement.line_ids - settlement._get_deposit_lines())
                )
            contract.amount_paid = contract.currency_id.round(paid)

    @api.depends("amount_rows", "amount_paid")
    def _compute_paid_progress(self):
        for contract in self:
            total = contract.amount_rows
            contract.paid_progress = round(100 * contract.amount_paid / total) if total else 0

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        waiting = Domain("state", "not in", ("billed", "cancelled")) | Domain("payment_state", "=", "draft")
        settlements = target == "closed" and self._find_standing("outsourcing.settlement", waiting)
        if settlements:
            sentence = self.env._(
                "%(contract)s: settlements are still on their way (%(names)s).",
                contract=self.display_name,
                names=join_names(self.env, settlements[:5].mapped("name")),
            )
            points.append(MissingPoint(sentence, action=self._get_shown_action(settlements)))
        return points
