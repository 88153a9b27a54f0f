from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import format_money, join_names

# lines by which what was withheld, or deposited in cash, goes back to the contractor
RETURN_KINDS = ("retention_return", "bond_return")


class OutsourcingSettlementLine(models.Model):
    """What was withheld by a line, and what of it went back by others."""

    _inherit = "outsourcing.settlement.line"

    returned_line_id = fields.Many2one(
        "outsourcing.settlement.line",
        "Retention Returned",
        index="btree_not_null",
        ondelete="restrict",
        help="The line by which the money was withheld.",
    )
    return_line_ids = fields.One2many("outsourcing.settlement.line", "returned_line_id", "Returns")
    amount_withheld = fields.Monetary(
        "Still Withheld",
        compute="_compute_amount_withheld",
        store=True,
        compute_sudo=True,
        help="Of posted bills, less what went back and what is on its way back.",
    )
    date_noticed = fields.Date("Due Day announced", readonly=True, copy=False)

    @api.depends(
        "kind",
        "amount_billed",
        "account_move_line_ids.amount_residual_currency",
        "return_line_ids.amount",
        "return_line_ids.state",
        "return_line_ids.settlement_id.bill_id.state",
    )
    def _compute_amount_withheld(self):
        for line in self:
            withheld = 0.0
            if line.kind == "retention" and line.amount_billed:
                # what the account still owes: entries made by hand count as returns, too
                items = line.account_move_line_ids.filtered(lambda item: item.parent_state == "posted")
                withheld = -sum(items.mapped("amount_residual_currency"))
                on_its_way = line.return_line_ids.filtered(lambda back: back._is_on_its_way())
                withheld -= sum(on_its_way.mapped("amount"))
            line.amount_withheld = line.currency_id.round(withheld) if line.currency_id else withheld

    def _get_kept_amount(self):
        """Return what of this retention is kept, or will be with the bill on its way."""
        self.ensure_one()
        return self.amount_withheld if self.amount_billed else -self._get_standing_amount()

    def _is_on_its_way(self):
        """Return whether a posted bill is still to come: what one has moved shows on the account."""
        self.ensure_one()
        settlement = self.settlement_id
        is_posted = settlement.state == "billed" and settlement.bill_id.state == "posted"
        return settlement.state != "cancelled" and not is_posted

    def _is_due(self):
        self.ensure_one()
        return bool(self.date_due) and self.date_due <= trade_today(self)

    def _check_not_returned(self):
        """Raise UserError if more of these retentions went back than is withheld by posted bills."""
        for line in self.filtered(lambda line: line.kind == "retention"):
            returned = line.return_line_ids.filtered(lambda back: back.settlement_id.state == "billed")
            amount = sum(back._get_standing_amount() for back in returned)
            if line.currency_id.compare_amounts(amount, max(-line.amount_billed, 0.0)) > 0:
                raise UserError(
                    self.env._(
                        "%(line)s: %(amount)s of it was returned by %(returns)s. Take that back first.",
                        line=line.name,
                        amount=format_money(line, amount),
                        returns=join_names(self.env, returned.settlement_id.mapped("name")),
                    )
                )
