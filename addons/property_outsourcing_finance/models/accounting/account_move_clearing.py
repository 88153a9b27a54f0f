from odoo import api, models

PAYABLE = ("liability_payable", "asset_receivable")
LIQUID = ("asset_cash", "liability_credit_card")


class AccountMove(models.Model):
    """What cleared a contract's bills: money or something else, by posted documents alone."""

    _inherit = "account.move"

    def write(self, vals):
        if vals.get("state") in ("draft", "cancel"):
            self._unmatch_outsourcing_bills()
        return super().write(vals)

    def _unmatch_outsourcing_bills(self):
        """Take payments and entries that are taken back off the bills of settlements: they clear nothing.

        Core leaves a draft matched, and the bill would say it is paid.
        """
        for move in self.filtered(lambda m: m.state == "posted" and not m.outsourcing_settlement_id):
            for line in move.line_ids.filtered(lambda line: line.account_type in PAYABLE):
                others = line.matched_debit_ids.debit_move_id | line.matched_credit_ids.credit_move_id
                if others.move_id.outsourcing_settlement_id:
                    line.remove_move_reconcile()

    def _post(self, soft=True):
        again = self.filtered("posted_before")  # a new payment is matched by whoever registers it
        posted = super()._post(soft)
        for payment in (posted & again).origin_payment_id:
            payment._match_outsourcing_bills()
        for settlement in posted.outsourcing_settlement_id.sudo():  # links; matched with the user's rights
            bills = posted.browse(settlement.bill_ids.ids)
            bills.filtered(lambda move: move.state == "posted")._match_outsourcing_payables()
        return posted

    def _match_outsourcing_payables(self):
        """Match the open payables of these posted documents with each other."""
        is_open = self.line_ids.filtered(
            lambda line: line.account_type == "liability_payable" and not line.reconciled
        )
        for items in is_open.grouped("account_id").values():
            if len({item.balance > 0 for item in items}) > 1:
                items.reconcile()

    def _get_outsourcing_clearing(self):
        """Return what cleared the posted bills, less credit notes, ``self`` of one settlement.

        What goes to another settlement's bill (a left-over payment) is taken off here and added there.

        :return: tuple (money, total) in the currency of the documents
        """
        money = total = 0.0
        # a bill undone by hand is gone, with all that cleared it
        standing = self.filtered(lambda move: move.state == "posted" and not move._is_reversed_in_full())
        for line in standing.line_ids.filtered(lambda line: line.account_type == "liability_payable"):
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


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _match_outsourcing_bills(self):
        """Match the payment with the bills of settlements it was made for: it may have been taken back."""
        self.ensure_one()
        bills = self.invoice_ids.filtered(lambda m: m.outsourcing_settlement_id and m.state == "posted")
        if bills:
            (bills | self.move_id)._match_outsourcing_payables()


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._get_outsourcing_settlements()._check_clearing()
        return partials

    def unlink(self):
        settlements = self._get_outsourcing_settlements()
        documents = (self.debit_move_id | self.credit_move_id).move_id
        result = super().unlink()
        # a credit note stands against its own bill first: only what is left of it is held by the contractor
        for settlement in settlements:
            bills = documents.browse(settlement.bill_ids.ids)
            bills.filtered(lambda move: move.state == "posted")._match_outsourcing_payables()
        settlements._check_clearing()
        return result

    def _get_outsourcing_settlements(self):
        """Return the settlements (in sudo) on whose documents these matches bring or take something."""
        settlements = self.env["outsourcing.settlement"].sudo()  # links and sums only
        for partial in self:
            debit = partial.debit_move_id.move_id.outsourcing_settlement_id
            credit = partial.credit_move_id.move_id.outsourcing_settlement_id
            if debit != credit:
                settlements |= (debit | credit).sudo()  # links and sums only
        return settlements


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
