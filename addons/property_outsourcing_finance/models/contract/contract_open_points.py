from odoo import models

from odoo.addons.property_outsourcing.models.contract.contract_open_points import OpenPoint


class OutsourcingContract(models.Model):
    """Money of the contract that is on its way, kept back or paid ahead when it ends early."""

    _inherit = "outsourcing.contract"

    def _get_open_points(self):
        settlements = self.env["outsourcing.settlement"].search(
            [("contract_id", "in", self.ids), ("state", "not in", ("billed", "cancelled"))], order="id"
        )
        lines = self.env["outsourcing.settlement.line"].search(
            [("contract_id", "in", self.ids), ("kind", "=", "retention"), ("is_active", "=", True)]
        )
        retained = [
            (contract, sum(line._get_kept_amount() for line in kept))
            for contract, kept in lines.grouped("contract_id").items()
        ]
        advances = self._get_open_advances()
        return (
            super()._get_open_points()
            + [
                OpenPoint(
                    settlement.contract_id,
                    settlement,
                    ("keep", "cancel"),
                    settlement.amount_payable,
                    settlement._get_state_label(),
                )
                for settlement in settlements
            ]
            + [
                OpenPoint(contract, contract, ("keep",), amount, self.env._("Retention, returned on its day"))
                for contract, amount in retained
                if not contract.currency_id.is_zero(amount)
            ]
            + [
                OpenPoint(
                    contract,
                    contract,
                    ("keep",),
                    amount,
                    self.env._(
                        "Advance not recovered: it comes with the last settlement, the rest is claimed"
                    ),
                )
                for contract, amount in advances.items()
                if not contract.currency_id.is_zero(amount)
            ]
        )

    def _settle_open_points(self, decided):
        super()._settle_open_points(decided)
        if settlements := decided.get(("outsourcing.settlement", "cancel")):
            # a manager ends the contract; sudo keeps who it is
            settlements._step_back("cancelled", self.end_reason or self.env._("The contract has ended."))
