from odoo import models

from odoo.addons.property_outsourcing.models.contract.contract_open_points import OpenPoint


class OutsourcingContract(models.Model):
    """Concealed works that were never covered; acceptances under way are decided before the end."""

    _inherit = "outsourcing.contract"

    def _get_open_points(self):
        works = self.env["outsourcing.concealed.work"].search(
            [("contract_id", "in", self.ids), ("state", "!=", "covered")], order="id"
        )
        return super()._get_open_points() + [
            OpenPoint(work.contract_id, work, ("keep",), note=work._get_state_label()) for work in works
        ]
