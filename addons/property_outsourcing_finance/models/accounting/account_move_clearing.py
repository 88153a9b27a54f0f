from odoo import models

PAYABLE = ("liability_payable", "asset_receivable")
LIQUID = ("asset_cash", "liability_credit_card")


class AccountMove(models.Model):
    """What cleared a contract's bills: money or something else, by posted documents alone."""

    _inherit = "account.move"

    def _get_outsourcing_clearing(self):
        """Return what cleared the posted bills, less credit notes, ``self`` of one settlement.

        What goes to another settlement's bill (a left-over payment) is taken off here and added there.

        :return: tuple (money, total) in the currency of the documents
        """
        money = total = 0.0
        payables = self.line_ids.filtered(
            lambda line: line.account_type == "liability_payable" and line.parent_state == "posted"
        )
        for line in payables:
            for amount, counterpart in line._get_outsourcing_matches():
                if counterpart not in self:
                    total += amount
                    money += amount * counterpart._get_outsourcing_money_share()
        return money, total

    def _get_outsourcing_money_share(self):
        """Return which share of what this document clears is money, between 0 and 1.

        A payment with a write-off is money in part, a compensation or a vendor's own credit note not at all.
        """
        self.ensure_one()
        if self.is_invoice(include_receipts=True):
            return 1.0 if self.outsourcing_settlement_id else 0.0
        accounts = self._get_outsourcing_liquidity_accounts()
        due = sum(self.line_ids.filtered(lambda line: line.account_type in PAYABLE).mapped("balance"))
        liquid = sum(
            self.line_ids.filtered(
                lambda line: line.account_type in LIQUID or line.account_id in accounts
            ).mapped("balance")
        )
        return min(max(-liquid / due, 0.0), 1.0) if due else 0.0

    def _get_outsourcing_liquidity_accounts(self):
        """Return the accounts on which money on its way is booked in the journal of this document."""
        payment = self.origin_payment_id
        if payment:
            return payment._get_valid_liquidity_accounts()
        journal = self.journal_id
        methods = journal.outbound_payment_method_line_ids | journal.inbound_payment_method_line_ids
        return journal.default_account_id | methods.payment_account_id


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_outsourcing_matches(self):
        """Return (amount, document) of each posted document that clears this payable; debits are negative."""
        self.ensure_one()
        matches = [
            (partial.credit_amount_currency, partial.debit_move_id) for partial in self.matched_debit_ids
        ] + [(-partial.debit_amount_currency, partial.credit_move_id) for partial in self.matched_credit_ids]
        return [(amount, line.move_id) for amount, line in matches if line.parent_state == "posted"]

    def _is_booked_as_priced(self):
        """Return whether the booked amount of this line is that of its quantity, price and tax."""
        self.ensure_one()
        # a company that rounds the tax over the whole bill spreads a cent over some of its lines
        spread = self.currency_id.rounding * len(self.move_id.invoice_line_ids)
        return abs(abs(self.amount_currency) - abs(self.price_subtotal)) <= spread + 1e-6
