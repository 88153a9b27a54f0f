from odoo import models

from odoo.addons.property_outsourcing.models.contract.contract_open_points import OpenPoint


class OutsourcingContract(models.Model):
    """Defects outlive the contract: its contractor rectifies them, or somebody else at its cost."""

    _inherit = "outsourcing.contract"

    def _get_open_points(self):
        defects = self.env["outsourcing.defect"].search(
            [("contract_id", "in", self.ids), ("state", "!=", "closed")], order="id"
        )
        return super()._get_open_points() + [
            OpenPoint(defect.contract_id, defect, ("keep",), note=defect._get_state_label())
            for defect in defects
        ]
