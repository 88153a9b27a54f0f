from odoo import models
from odoo.exceptions import UserError

from ..workflow.gate import is_gate_open


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        if "purchase_line_id" in vals and not is_gate_open(self, "account.move"):
            items = self.sudo()  # links only; who may write the line is checked by super
            lines = items.purchase_line_id
            lines |= lines.browse(vals["purchase_line_id"] or [])
            changed = any(line.purchase_line_id.id != vals["purchase_line_id"] for line in items)
            if changed and lines.outsourcing_milestone_id:
                raise UserError(self.env._("What a bill line charges of a contract is not linked by hand."))
        return super().write(vals)

    def _get_contract_rows(self):
        """Return the payment rows of contracts that these lines of bills charge."""
        return self.purchase_line_id.outsourcing_milestone_id

    def _get_charged_quantity(self):
        """Return what this line adds to the billed quantity of its order line; a credit note takes away."""
        self.ensure_one()
        if self.move_id._is_reversed_in_full():
            return 0.0
        sign = -1 if self.move_id.move_type == "in_refund" else 1
        return sign * self.product_uom_id._compute_quantity(
            self.quantity, self.purchase_line_id.product_uom_id
        )
