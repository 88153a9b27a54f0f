from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        leaving = self._get_leaving_refunds(vals)
        # a credit note that is taken back clears nothing any more, but core leaves it matched with its bill
        leaving.line_ids.remove_move_reconcile()
        posting = vals.get("state") == "posted"
        result = super().write(vals)
        # a refund made room for another bill: taking it back must not bill the work twice
        (self if posting else leaving)._check_contract_lines_accepted()
        return result

    def _get_leaving_refunds(self, vals):
        """Return the posted credit notes of contracts that writing ``vals`` takes back."""
        if vals.get("state") not in ("draft", "cancel"):
            return self.browse()
        refunds = self.filtered(lambda move: move.move_type == "in_refund" and move.state == "posted")
        # whoever takes a document back need not be a member of the community: links only
        return refunds.filtered(lambda move: move.sudo().invoice_line_ids._get_contract_rows())

    def _check_contract_lines_accepted(self):
        """Raise UserError if posting made the bills of a contract's row exceed what is accepted of it."""
        # the accountant who posts need not be a member of the community: only sums are compared
        for row in self.sudo().invoice_line_ids._get_contract_rows():
            billed = sum(line._get_billed_amount() for line in row.purchase_line_ids)
            if row.currency_id.compare_amounts(billed, row.amount_accepted) > 0:
                raise UserError(
                    self.env._(
                        "%(row)s: %(billed)s would be billed, but only %(accepted)s is accepted.",
                        row=row.display_name,
                        billed=f"{billed:,.2f}",
                        accepted=f"{row.amount_accepted:,.2f}",
                    )
                )

    def _is_reversed_in_full(self):
        """Return whether this bill was undone by credit notes alone, or is the credit note that did it."""
        self.ensure_one()
        bill = self.reversed_entry_id if self.move_type == "in_refund" else self
        return bill.payment_state == "reversed"
