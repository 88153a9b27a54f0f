from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        leaving = vals.get("state") in ("draft", "cancel")
        refunds = self.filtered(
            lambda move: leaving and move.move_type == "in_refund" and move.state == "posted"
        )
        result = super().write(vals)
        # a refund made room for another bill: taking it back must not bill the work twice
        refunds._check_contract_lines_accepted()
        return result

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        posted._check_contract_lines_accepted()
        return posted

    def _check_contract_lines_accepted(self):
        """Raise UserError if posting made the bills of a contract's row exceed what is accepted of it."""
        # the accountant who posts need not be a member of the community: only sums are compared
        rows = self.sudo().invoice_line_ids.purchase_line_id.outsourcing_milestone_id
        for row in rows:
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
