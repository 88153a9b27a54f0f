from odoo import models
from odoo.exceptions import UserError

from ...tools import format_money


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
                        billed=format_money(self, billed),
                        accepted=format_money(row, row.amount_accepted),
                    )
                )

    def _is_reversed_in_full(self):
        """Return whether credit notes made by hand, which name none of its lines, undid this bill."""
        self.ensure_one()
        if self.move_type != "in_invoice" or self.payment_state != "reversed":
            return False
        # core also says so of a bill that is cleared by what another credit note of a contract left over
        return not any(refund._is_of_contract() for refund in self._get_clearing_documents())

    def _get_clearing_documents(self):
        """Return the documents matched with the payables of this bill."""
        payables = self.line_ids.filtered(lambda line: line.account_type == "liability_payable")
        return payables.matched_debit_ids.debit_move_id.move_id

    def _is_of_contract(self):
        """Return whether this document charges or credits the order of a contract. Hook."""
        self.ensure_one()
        return bool(self.invoice_line_ids._get_contract_rows())
