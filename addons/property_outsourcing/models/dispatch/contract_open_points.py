from odoo import models

from ..contract.contract_open_points import OpenPoint
from ..workflow.gate import open_gate


class OutsourcingContract(models.Model):
    """Open work orders when a contract ends early: cancelled, or finished by the contractor."""

    _inherit = "outsourcing.contract"

    def _get_open_points(self):
        return super()._get_open_points() + [
            OpenPoint(order.outsourcing_contract_id, order, ("cancel", "keep"))
            for order in self._get_open_orders()
        ]

    def _settle_open_points(self, decided):
        super()._settle_open_points(decided)
        if orders := decided.get(("project.task", "cancel")):
            open_gate(orders).write({"state": "1_canceled"})
