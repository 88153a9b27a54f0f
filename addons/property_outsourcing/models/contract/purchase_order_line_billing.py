from odoo import api, models


class PurchaseOrderLine(models.Model):
    """What bills charge of a contract's line, net of credit notes."""

    _inherit = "purchase.order.line"

    @api.depends("invoice_lines.move_id.payment_state")
    def _compute_qty_invoiced(self):
        super()._compute_qty_invoiced()

    def _prepare_qty_invoiced(self):
        # core counts a credit note from its first draft: the work could be billed twice before it is posted
        invoiced = super()._prepare_qty_invoiced()
        for line in self.filtered("outsourcing_milestone_id"):
            invoiced[line] = sum(
                item._get_charged_quantity()
                for item in line._get_invoice_lines()
                if item.parent_state == "posted"
                or (item.parent_state == "draft" and item.move_id.move_type == "in_invoice")
            )
        return invoiced

    def _get_posted_quantity(self):
        """Return what posted bills, less posted credit notes, charge of this line; quantities are amounts."""
        self.ensure_one()
        posted = self.invoice_lines.filtered(lambda item: item.parent_state == "posted")
        return sum(item._get_charged_quantity() for item in posted)

    def _get_billed_amount(self):
        """Return what posted bills charge for this line, in its currency and the contract's tax basis."""
        self.ensure_one()
        field = "price_total" if self.outsourcing_milestone_id.contract_id.tax_included else "price_subtotal"
        total = 0.0
        for line in self.invoice_lines.filtered(lambda line: line.parent_state == "posted"):
            if line.move_id._is_reversed_in_full():
                continue
            sign = -1 if line.move_id.move_type == "in_refund" else 1
            date = line.move_id.invoice_date or line.date
            total += sign * line.currency_id._convert(line[field], self.currency_id, self.company_id, date)
        return total

    def _is_on_a_bill(self):
        """Return whether a bill that is not cancelled charges something of this line."""
        self.ensure_one()
        return any(line.parent_state != "cancel" for line in self.invoice_lines)
