from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import assign_alike, format_money


class OutsourcingSettlementLine(models.Model):
    """What posted bills and credit notes say of a settlement line."""

    _inherit = "outsourcing.settlement.line"

    amount_billed = fields.Monetary(
        "Billed",
        compute="_compute_amount_billed",
        store=True,
        compute_sudo=True,
        help="What posted bills less credit notes add to or take off the payable.",
    )
    amount_billed_untaxed = fields.Monetary(
        "Billed untaxed", compute="_compute_amount_billed", store=True, compute_sudo=True
    )

    @api.depends(
        "account_move_line_ids.parent_state",
        "account_move_line_ids.price_total",
        "account_move_line_ids.price_subtotal",
        "account_move_line_ids.move_id.payment_state",
    )
    def _compute_amount_billed(self):
        signed = {line: line._get_signed_items() for line in self}
        for name, price in (("amount_billed", "price_total"), ("amount_billed_untaxed", "price_subtotal")):
            sums = {line: sum(sign * item[price] for item, sign in items) for line, items in signed.items()}
            assign_alike(self, name, sums)

    def _get_signed_items(self):
        """Return (item, sign) of each line of a posted bill, or credit note, that stands."""
        items = self.account_move_line_ids.filtered(
            lambda item: item.parent_state == "posted" and not item.move_id._is_reversed_in_full()
        )
        return [(item, -1 if item.move_id.move_type == "in_refund" else 1) for item in items]

    def _get_standing_amount(self):
        """Return what stands of this line: what is billed of it, or what its bill on the way will charge."""
        self.ensure_one()
        settlement = self.settlement_id
        if settlement.state == "cancelled":
            return 0.0
        is_posted = settlement.state == "billed" and settlement.bill_id.state == "posted"
        return self.amount_billed if is_posted else self.amount

    def _is_waiting_for_bill(self):
        self.ensure_one()
        return self.kind == "milestone" and self.settlement_id.state not in ("billed", "cancelled")

    def _is_handed_in(self):
        """Return whether people rely on the accepted amount of this line, and no posted bill carries it."""
        self.ensure_one()
        settlement = self.settlement_id
        is_drafted = settlement.state == "billed" and settlement.bill_id.state == "draft"
        return self.kind == "milestone" and (
            settlement.state in ("submitted", "checked", "approved") or is_drafted
        )

    def _is_billed_by(self, bill):
        """Return whether ``bill`` carries this line unchanged."""
        self.ensure_one()
        bill_line = bill.invoice_line_ids.filtered(lambda line: line.outsourcing_settlement_line_id == self)
        return (
            len(bill_line) == 1
            and not bill_line.discount
            and not self.currency_id.compare_amounts(bill_line.quantity, self.quantity)
            and not self.currency_id.compare_amounts(bill_line.price_unit, self.price_unit)
            and bill_line.tax_ids == self.tax_ids
            and bill_line.purchase_line_id == self.purchase_line_id
            and (not self.account_id or bill_line.account_id == self.account_id)
        )

    def _check_billed_within(self):
        """Raise UserError if a line is billed beyond its amount, or taken back beyond what was billed."""
        for line in self:
            low, high = sorted((0.0, line.amount))
            compare = line.currency_id.compare_amounts
            if compare(line.amount_billed, low) < 0 or compare(line.amount_billed, high) > 0:
                raise UserError(
                    self.env._(
                        "%(line)s of %(settlement)s: bills less credit notes would come to %(billed)s, "
                        "its amount is %(amount)s.",
                        line=line.name,
                        settlement=line.settlement_id.display_name,
                        billed=format_money(line, line.amount_billed),
                        amount=format_money(line, line.amount),
                    )
                )
