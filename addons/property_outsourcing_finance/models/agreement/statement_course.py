from odoo import models
from odoo.tools import format_date

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

PAID = ("paid", "in_payment")


class OutsourcingSettlement(models.Model):
    """What a settlement waits for, who ends that and by when, in words for the contractor."""

    _inherit = "outsourcing.settlement"

    def _get_course(self):
        """Return in sentences what the settlement waits for now and how that ends. Hook: extend super's list.

        Whoever may read the settlement may read it.
        """
        self.ensure_one()
        settlement = self.sudo()  # states, days and the contractor's own papers; access was checked
        _ = self.env._
        if settlement.state in ("draft", "cancelled"):
            return []
        if settlement.state == "submitted":
            return [_("The project manager checks the figures."), *settlement._get_statement_course()]
        if settlement.state == "checked":
            return [_("The figures are checked; finance approves them."), *settlement._get_statement_course()]
        return settlement._get_payment_course()

    def _get_statement_course(self):
        _ = self.env._
        until = format_date(self.env, self.statement_deadline) if self.statement_deadline else ""
        if self.statement_state == "waiting":
            sentences = {
                "open": _("You may confirm or dispute it until finance approves it."),
                "confirmed": _("Please answer until %s; no answer counts as confirmed.", until),
                "manager": _("Please answer until %s; without an answer a manager decides.", until),
            }
            return [sentences[self._silence()]]
        if self.statement_state == "silent":
            return [_("You have not answered by %s: a manager decides. You may still answer.", until)]
        if self.statement_state == "disputed":
            return [self._get_dispute_sentence()]
        return []

    def _get_dispute_sentence(self):
        until, today = self.dispute_deadline, trade_today(self)
        if until and until < today:
            return self.env._(
                "Your dispute should have been answered by %(date)s: the property company is %(days)s day(s) "
                "late. Finance approves nothing until it is answered.",
                date=format_date(self.env, until),
                days=(today - until).days,
            )
        return self.env._(
            "The property company answers your dispute until %s. Finance approves nothing before.",
            format_date(self.env, until) if until else "",
        )

    def _get_payment_course(self):
        """Return what an approved settlement waits for until its money has arrived."""
        _ = self.env._
        if self.payment_state in PAID:
            return []
        sentences = []
        if self.state == "approved" or self.payment_state == "draft":
            sentences.append(_("It is approved; finance makes the bill."))
        firm = self.contractor_id.with_company(self.company_id)
        sentences += firm._get_outsourcing_payout_blockers()
        if self.payment_state == "blocked":
            sentences.append(_("Finance has put the payment on hold; ask the finance department."))
        if late := self._get_days_late():
            sentences.append(
                _(
                    "Payment was due on %(date)s: the property company is %(days)s day(s) late.",
                    date=format_date(self.env, self.date_due),
                    days=late,
                )
            )
        elif self.date_due and self.payment_state in ("not_paid", "partial"):
            sentences.append(_("It is paid by %s.", format_date(self.env, self.date_due)))
        return sentences

    def _get_days_late(self):
        """Return by how many days our payment is late: to this day, or to that of the last payment."""
        self.ensure_one()
        settlement = self.sudo()  # days only
        if settlement.payment_state in PAID:
            return settlement.bill_id._get_outsourcing_delay()[1]
        return max((trade_today(settlement) - settlement.date_due).days, 0) if settlement.is_overdue else 0

    def _get_payments(self):
        """Return what was paid for the settlement, the earliest first: list of (day, amount).

        Money alone, as in ``amount_paid``: no credit note, and nothing that is set off.
        """
        self.ensure_one()
        settlement = self.sudo()  # days and sums of the contractor's own bill
        lines = settlement.bill_id.line_ids
        payables = lines.filtered(lambda line: line.account_type == "liability_payable")
        payments = []
        for partial in payables.matched_debit_ids.sorted("max_date"):
            document = partial.debit_move_id.move_id
            if document.state == "posted" and document not in settlement.bill_ids:
                amount = partial.credit_amount_currency * document._get_outsourcing_money_share()
                payments.append((partial.max_date, settlement._round(amount)))
        return [payment for payment in payments if payment[1]]
