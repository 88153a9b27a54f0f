from odoo import models

from ..workflow.gate import open_gate
from .purchase_order_quiet import QUIET, QUIET_KEY


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _cap_at_accepted(self):
        """Commit no more than is accepted on these lines (actor checked); what is billed is never above."""
        self._write_quantities({line: line._get_accepted_share() for line in self})

    def _write_quantities(self, quantities):
        """Commit other amounts, those that change alike in one write; the document behind them tells why.

        :param dict quantities: line -> amount
        """
        changed = (
            self.browse()
            .union(*quantities)
            .filtered(lambda line: line.currency_id.compare_amounts(line.product_qty, quantities[line]))
        )
        for quantity, lines in changed.grouped(lambda line: quantities[line]).items():
            open_gate(lines).with_context(**{QUIET_KEY: QUIET}).write({"product_qty": quantity})
