from odoo import models


class AccountMove(models.Model):
    """A settled bill that is paid in full tells whether it was paid by its day."""

    _inherit = "account.move"

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        # whoever reconciles needs no rights on settlements and facts
        self.sudo().filtered(lambda bill: bill.move_type == "in_invoice")._record_outsourcing_payment()
        return result

    def _record_outsourcing_payment(self):
        """Record once that the bills ``self`` of settlements are paid, and by how many days too late.

        A payment that is undone and made again is measured anew.
        """
        told = {}
        for bill in self:
            settlement = bill.outsourcing_settlement_id
            if settlement:
                told |= settlement._tell_payment(*bill._get_outsourcing_delay())
        if told:
            reason = self.env._("The bill was paid anew.")
            self.env["outsourcing.fact"]._keep_true(told, reason)

    def _get_outsourcing_delay(self):
        """Return the day of the last payment, and how many days the latest instalment was late (or 0)."""
        # a list, so that the payments of many bills are read together
        instalments = [line for line in self.line_ids if line.account_type == "liability_payable"]
        paid = {line: line.matched_debit_ids.mapped("max_date") for line in instalments}
        late = [
            (max(days) - line.date_maturity).days
            for line, days in paid.items()
            if days and line.date_maturity
        ]
        return max((max(days) for days in paid.values() if days), default=None), max([0, *late])


class OutsourcingSettlement(models.Model):
    _inherit = "outsourcing.settlement"

    def _tell_payment(self, day, late):
        paid = {"fact_type": "payment_made", "contract": self.contract_id, "source": self, "date": day}
        is_late = {**paid, "fact_type": "payment_late", "value": late} if late else None
        return {
            f"{fact_type}:{self._name}:{self.id}": fact
            for fact_type, fact in (("payment_made", paid), ("payment_late", is_late))
        }
