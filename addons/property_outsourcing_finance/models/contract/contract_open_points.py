from odoo import api, models

from odoo.addons.property_outsourcing.models.contract.contract_open_points import OpenPoint


class OutsourcingContract(models.Model):
    """Money of the contract that is on its way, kept back or paid ahead when it ends early."""

    _inherit = "outsourcing.contract"

    def _get_open_points(self):
        retention = self.env._("Retention, returned on its day")
        advance = self.env._("Advance not recovered: it comes with the last settlement, the rest is claimed")
        return (
            super()._get_open_points()
            + self._get_open_settlement_points()
            + self._get_kept_points(self._get_kept_retention(), retention)
            + self._get_kept_points(self._get_open_advances(), advance)
        )

    def _get_open_settlement_points(self):
        settlements = self.env["outsourcing.settlement"].search(
            [("contract_id", "in", self.ids), ("state", "not in", ("billed", "cancelled"))], order="id"
        )
        return [
            OpenPoint(s.contract_id, s, ("keep", "cancel"), s.amount_payable, s._get_state_label())
            for s in settlements
        ]

    def _get_kept_retention(self):
        """Return a dict: contract -> retention that is kept back."""
        lines = self.env["outsourcing.settlement.line"].search(
            [("contract_id", "in", self.ids), ("kind", "=", "retention"), ("is_active", "=", True)]
        )
        return {
            contract: sum(line._get_kept_amount() for line in kept)
            for contract, kept in lines.grouped("contract_id").items()
        }

    @api.model
    def _get_kept_points(self, amounts, note):
        """Return the points of ``amounts``, a dict by contract, that stay as they are when it ends."""
        return [
            OpenPoint(contract, contract, ("keep",), amount, note)
            for contract, amount in amounts.items()
            if not contract.currency_id.is_zero(amount)
        ]

    def _settle_open_points(self, decided):
        super()._settle_open_points(decided)
        none = self.env["outsourcing.settlement"]
        dropped = decided.get(("outsourcing.settlement", "cancel"), none)
        for reason, settlements in dropped.grouped(lambda s: s.contract_id.end_reason).items():
            # a manager ends the contract; sudo keeps who it is
            settlements._step_back("cancelled", reason or self.env._("The contract has ended."))
