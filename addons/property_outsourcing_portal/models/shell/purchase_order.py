from odoo import models
from odoo.exceptions import UserError


class PurchaseOrder(models.Model):
    """The order behind a contract follows it; core's page would let the vendor move its dates."""

    _inherit = "purchase.order"

    def _update_date_planned_for_lines(self, updated_dates):
        # called by core's portal page alone, which hands over the order as OdooBot
        contract = self.sudo().outsourcing_contract_id[:1]  # whether it has one
        if contract:
            raise UserError(
                self.env._(
                    "Its dates follow the contract %s, which is read and signed on its own page.",
                    contract.name,
                )
            )
        return super()._update_date_planned_for_lines(updated_dates)
