from odoo import models

from ..workflow.gate import open_gate


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _cap_at_accepted(self):
        """Commit no more than is accepted on this line (actor checked): what is billed is never above it."""
        self.ensure_one()
        accepted = self._get_accepted_share()
        if self.currency_id.compare_amounts(self.product_qty, accepted):
            open_gate(self).product_qty = accepted
