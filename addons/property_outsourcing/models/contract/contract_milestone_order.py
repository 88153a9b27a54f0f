from odoo import api, fields, models
from odoo.fields import Command

from ..workflow.gate import open_gate
from .purchase_order_quiet import QUIET, QUIET_KEY


class OutsourcingContractMilestone(models.Model):
    """How the order lines of a payment row follow its amount."""

    _inherit = "outsourcing.contract.milestone"

    active = fields.Boolean(
        default=True, help="A row that an amendment dropped before anything of it was accepted is archived."
    )

    @api.depends("purchase_line_ids.product_qty", "purchase_line_ids.qty_invoiced")
    def _compute_purchase_line_id(self):
        # after a change a row may have several lines; all but one of them are billed in full
        for row in self:
            lines = row.purchase_line_ids
            unbilled = lines.filtered(lambda line: line.qty_invoiced < line.product_qty)
            row.purchase_line_id = (unbilled or lines)[:1]

    def _get_closed_reason(self, source=None):
        if self.active:
            return super()._get_closed_reason(source)
        return self.env._("%s was dropped from its contract by an amendment.", self.display_name)

    def _is_settled_up(self):
        return super()._is_settled_up() or not self.active

    def _follow_order(self):
        """Make the order lines of these rows (in sudo) add up to the rows' amounts. Hook: call super.

        A billed line is never raised: it is capped at what is billed, and the rest goes to another line.
        """
        rows = self.filtered(lambda row: row.contract_id.purchase_order_id)
        new_lines, changed = {}, {}
        rows.purchase_line_ids.mapped("product_qty")  # all lines in one query; the loop would read each
        for row in rows:
            lines = row.purchase_line_ids
            billed = lines.filtered(lambda line: line._is_on_a_bill())
            rest = row.currency_id.round(row.amount - sum(billed.mapped("qty_invoiced")))
            changed.update({line: line.qty_invoiced for line in billed})
            free = lines - billed
            changed.update({line: rest if line == free[0] else 0.0 for line in free})
            if not free and not row.currency_id.is_zero(rest):
                new_lines.setdefault(row.contract_id, {})[row] = rest
        rows.purchase_line_ids._write_quantities(changed)
        for contract, rests in new_lines.items():
            terms = contract._prepare_common_purchase_line_vals()
            added = [Command.create(row._prepare_delta_line_vals(rest, terms)) for row, rest in rests.items()]
            order = open_gate(contract.purchase_order_id).with_context(**{QUIET_KEY: QUIET})
            order.write({"order_line": added})
        lines = rows.purchase_line_ids
        # what is accepted of a row is spread anew over its lines
        self.env.add_to_compute(lines._fields["qty_received"], lines)

    def _release_documents(self):
        """Cut the links of dropped documents to this row (in sudo), which is to go. Hook: call super first.

        :raise UserError: something is billed, or another document that counts is about this row
        """
        self.ensure_one()
        self._check_acceptable(0.0, False, None)

    def _prepare_delta_line_vals(self, amount, terms):
        """Return the order line for what is added to this row."""
        self.ensure_one()
        return {**self._prepare_purchase_line_vals(terms), "product_qty": amount}
