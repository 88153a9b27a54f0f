from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import assign_alike, format_money

UNBILLED = {
    "amount_paid": 0.0, "amount_offset": 0.0, "amount_residual": 0.0, "amount_excess": 0.0,
    "payment_state": "none", "date_due": False,
}  # fmt: skip


class OutsourcingSettlement(models.Model):
    """What is billed, paid and open of a settlement: by its posted bills less credit notes, not by flags."""

    _inherit = "outsourcing.settlement"

    bill_ids = fields.One2many(
        "account.move",
        "outsourcing_settlement_id",
        "Bills and Credit Notes",
        readonly=True,
        groups="base.group_user",
    )
    amount_billed = fields.Monetary(
        "Billed",
        compute="_compute_amount_billed",
        store=True,
        compute_sudo=True,
        help="Posted bills less posted credit notes.",
    )
    amount_paid = fields.Monetary(
        "Paid",
        compute="_compute_payment_state",
        store=True,
        compute_sudo=True,
        help="Money that went to the contractor for what is billed.",
    )
    amount_offset = fields.Monetary(
        "Cleared otherwise",
        compute="_compute_payment_state",
        store=True,
        compute_sudo=True,
        help="Written off, or set off against something else than money.",
    )
    amount_residual = fields.Monetary(
        "Still to Pay", compute="_compute_payment_state", store=True, compute_sudo=True
    )
    amount_excess = fields.Monetary(
        "Held by the Contractor",
        compute="_compute_payment_state",
        store=True,
        compute_sudo=True,
        groups="base.group_user",
        help="Paid for this settlement beyond what is billed of it, because a bill was taken back.",
    )
    payment_state = fields.Selection(
        [
            ("none", "No bill"),
            ("draft", "Bill in draft"),
            ("not_paid", "Not paid"),
            ("in_payment", "In payment"),
            ("partial", "Partially paid"),
            ("paid", "Paid"),
            ("blocked", "Blocked"),
            ("reversed", "Bill reversed"),
        ],
        compute="_compute_payment_state",
        store=True,
        compute_sudo=True,
        index=True,
    )
    date_due = fields.Date("Payment Due", compute="_compute_payment_state", store=True, compute_sudo=True)

    @api.depends("line_ids.amount_billed")
    def _compute_amount_billed(self):
        billed = {
            settlement: settlement._round(sum(settlement.line_ids.mapped("amount_billed")))
            for settlement in self
        }
        assign_alike(self, "amount_billed", billed)

    @api.depends(
        "amount_billed",
        "bill_id.state",
        "bill_id.payment_state",
        "bill_id.invoice_date_due",
        "bill_ids.state",
        "bill_ids.amount_residual",
        "bill_ids.line_ids.matched_debit_ids.debit_move_id.parent_state",
        "bill_ids.line_ids.matched_credit_ids.credit_move_id.parent_state",
    )
    def _compute_payment_state(self):
        unbilled = self.filtered(lambda s: not (s.amount_billed or s.bill_id or s.bill_ids))
        unbilled.update(UNBILLED)
        for settlement in self - unbilled:
            money, total = settlement.bill_ids._get_outsourcing_clearing()
            billed = settlement.amount_billed
            cleared = min(max(settlement._round(total), 0.0), billed)
            settlement.amount_paid = min(max(settlement._round(money), 0.0), cleared)
            settlement.amount_offset = settlement._round(cleared - settlement.amount_paid)
            settlement.amount_residual = settlement._round(billed - cleared)
            settlement.amount_excess = max(settlement._round(total - billed), 0.0)
            settlement.payment_state = settlement._get_payment_state()
            settlement.date_due = settlement.bill_id.invoice_date_due

    def _round(self, amount):
        # a form being filled in has no contract, thus no currency, yet
        return self.currency_id.round(amount) if self.currency_id else amount

    def _get_payment_state(self):
        """Return what is said of the payment, after the figures have been computed."""
        bill = self.bill_id
        if bill.state != "posted":
            return "draft" if bill.state == "draft" else "none"
        if bill.payment_state == "blocked":
            return "blocked"
        if self._is_bill_dead():
            return "reversed"
        if self.currency_id.is_zero(self.amount_residual):
            return "in_payment" if bill.payment_state == "in_payment" else "paid"
        return (
            "partial"
            if self.currency_id.compare_amounts(self.amount_residual, self.amount_billed)
            else "not_paid"
        )

    def _get_paid_ratio(self):
        """Return which share of what is billed has been paid, between 0 and 1."""
        self.ensure_one()
        if self.currency_id.is_zero(self.amount_billed):
            # nothing was left to pay: what was billed has been set off in full
            return 1.0 if self.bill_id.state == "posted" and not self._is_bill_dead() else 0.0
        return self.amount_paid / self.amount_billed

    def _get_deposit_lines(self):
        """Return the lines whose money is no price of the contract: deposits that go back. Hook."""
        return self.line_ids.browse()

    def _get_price_billed(self):
        """Return what of the bills, less credit notes, is a price of the contract."""
        return sum(settlement.amount_billed for settlement in self) - sum(
            self._get_deposit_lines().mapped("amount_billed")
        )

    def _get_price_paid(self):
        """Return what of the money paid is a price of the contract."""
        return sum(
            settlement.amount_paid
            - settlement._get_paid_ratio() * sum(settlement._get_deposit_lines().mapped("amount_billed"))
            for settlement in self
        )

    def _is_bill_dead(self):
        """Return whether nothing is left of the bill: cancelled, or taken back by credit notes in full."""
        self.ensure_one()
        bill = self.bill_id
        if not bill or bill.state == "draft":
            return False
        undone = all(self.currency_id.is_zero(amount) for amount in self.line_ids.mapped("amount_billed"))
        return bill.state == "cancel" or bill._is_reversed_in_full() or undone

    def _check_clearing(self):
        """Raise UserError if money would count twice, or a write-off would come to be held as money.

        What a bill that was taken back leaves over goes to another bill: it has to be there still.
        """
        for settlement in self:
            money, total = settlement.bill_ids._get_outsourcing_clearing()
            compare = settlement.currency_id.compare_amounts
            if compare(money, 0.0) < 0:
                raise UserError(
                    self.env._(
                        "%(settlement)s: %(amount)s of what was paid for it has been used for another bill. "
                        "Take it off there first.",
                        settlement=settlement.display_name,
                        amount=format_money(settlement, -money),
                    )
                )
            if compare(total - money, max(settlement.amount_billed, 0.0)) > 0:
                raise UserError(
                    self.env._(
                        "%(settlement)s: %(amount)s was written off or set off, more than would still be "
                        "billed. Take that payment or entry back first.",
                        settlement=settlement.display_name,
                        amount=format_money(settlement, total - money),
                    )
                )
