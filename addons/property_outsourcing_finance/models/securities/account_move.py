from odoo import models

from .outsourcing_settlement_line import RETURN_KINDS


class AccountMove(models.Model):
    """What goes back clears what was withheld on the account, and no longer when its bill is taken back."""

    _inherit = "account.move"

    def write(self, vals):
        leaving = vals.get("state") in ("draft", "cancel")
        posted = self.filtered(
            lambda move: leaving and move.state == "posted" and move.outsourcing_settlement_id
        )
        # core leaves a draft matched: what is not posted has cleared nothing
        posted._get_outsourcing_return_items().remove_move_reconcile()
        result = super().write(vals)
        posted.filtered(lambda move: move.move_type == "in_refund")._match_outsourcing_returns()
        posted._check_outsourcing_returned()
        return result

    def _post(self, soft=True):
        # core matches a credit note with what is open of its bill only
        self.reversed_entry_id._get_outsourcing_return_items().remove_move_reconcile()
        posted = super()._post(soft)
        posted._match_outsourcing_returns()
        posted._check_outsourcing_returned()
        return posted

    def _get_outsourcing_return_items(self):
        return self.line_ids.filtered(lambda item: item.outsourcing_settlement_kind in RETURN_KINDS)

    def _match_outsourcing_returns(self):
        """Match what bills return with their credit notes, then with what was withheld or deposited."""
        settled = self.outsourcing_settlement_id
        # links only; what is matched is read with the rights of whoever posts
        lines = settled.sudo().line_ids.filtered(lambda line: line.kind in RETURN_KINDS)
        for line in lines:
            back = self.line_ids.browse(line.account_move_line_ids.ids)
            back._reconcile_outsourcing_open()
            (back | back._get_outsourcing_kept_items(line))._reconcile_outsourcing_open()
        lines.contract_id._follow_bond_return()

    def _check_outsourcing_returned(self):
        """Raise UserError if a retention would have gone back that no posted bill withholds any more."""
        self.outsourcing_settlement_id.sudo().line_ids._check_not_returned()  # amounts are compared only


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_outsourcing_kept_items(self, line):
        """Return the items that the settlement line ``line`` (in sudo) gives back."""
        if line.kind == "retention_return":
            return self.browse(line.returned_line_id.account_move_line_ids.ids)
        return self.search(
            [
                ("account_id", "=", line.account_id.id),
                ("partner_id", "=", line.contractor_id.id),
                ("company_id", "=", line.company_id.id),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("balance", "<", 0),
            ],
            order="date, id",
        )

    def _reconcile_outsourcing_open(self):
        """Match what is open and posted among ``self``, account by account."""
        is_open = self.filtered(lambda item: item.parent_state == "posted" and not item.reconciled)
        for account, items in is_open.grouped("account_id").items():
            if account.reconcile and len(set(items.mapped(lambda item: item.balance > 0))) > 1:
                items.reconcile()

    def action_outsourcing_return_retention(self):
        """Ask what of the chosen retention goes back to the contractor."""
        return self.env["outsourcing.contract"]._open_return(
            "outsourcing.settlement.line", self.outsourcing_settlement_line_id.ids
        )
