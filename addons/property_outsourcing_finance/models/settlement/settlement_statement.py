from odoo import models

from odoo.addons.property_outsourcing.tools import in_brackets, join_phrases

from ...tools import amount_to_chinese


class OutsourcingSettlement(models.Model):
    """The statement both parties sign: what the printed form and the workbook say alike."""

    _inherit = "outsourcing.settlement"

    def action_download_xlsx(self):
        """Download the statement as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/outsourcing/settlement/{self.id}/xlsx",
            "target": "download",
        }

    def action_print(self):
        """Print the statement, the payment application or the final settlement."""
        return self.env.ref("property_outsourcing_finance.outsourcing_settlement_report").report_action(self)

    def _get_print_title(self):
        self.ensure_one()
        return {
            "period": self.env._("Monthly Settlement Statement"),
            "progress": self.env._("Progress Payment Application"),
            "completion": self.env._("Final Settlement of Works"),
        }[self.kind]

    def _get_file_name(self):
        self.ensure_one()
        return f"{self._get_print_title()} {self.name}".replace("/", "-")

    def _get_statement_data(self):
        """Return what the statement shows; whoever may read the settlement may read it.

        :return: dict with ``lines``, ``evidence`` (list of dicts), ``capitals``, ``account`` (see
            :meth:`_get_account`), ``waiting`` (amount approved before, but not billed yet), the parties, and
            ``period``, ``invoice`` and ``payment`` in words
        """
        self.ensure_one()
        self.check_access("read")
        settlement = self.sudo()  # access to the settlement was checked in the line above
        contract = settlement.contract_id
        return {
            "settlement": settlement,
            "contract": contract,
            "company": settlement._get_party("client"),
            "contractor": settlement._get_party("contractor"),
            "lines": settlement.line_ids,
            "evidence": [row for line in settlement.line_ids for row in line._get_evidence_rows()],
            "capitals": settlement._get_capitals(),
            "account": settlement._get_account(),
            "caps": settlement._get_cap_terms(),
            "waiting": settlement._get_previous_totals()["amount_waiting"],
            "kinds": settlement.line_ids._get_kind_labels(),
            "period": settlement._get_period_text(),
            "invoice": settlement._get_invoice_text(),
            "payment": settlement._get_payment_text(),
        }

    def _get_cap_terms(self):
        """Return what the penalties of the periods settled here can cost at most, where some are deducted."""
        self.ensure_one()
        deductions = self.line_ids.filtered(lambda line: line.kind == "deduction")
        return self.contract_id._get_period_cap_terms(deductions.milestone_id)

    def _get_period_text(self):
        """Return the days whose service is settled, 2026-10-01 – 2026-10-31; "" for works."""
        self.ensure_one()
        rows = self.milestone_ids.filtered(lambda row: row.kind == "period" and row.date_start)
        if not rows:
            return ""
        first, last = min(rows.mapped("date_start")), max(rows.mapped("date_end"))
        return f"{first} – {last}"

    def _get_invoice_text(self):
        """Return which invoice finance asks for, with its rate and amount."""
        self.ensure_one()
        amount, withheld = self._get_amount_to_invoice(), -sum(self._get_retention_lines().mapped("amount"))
        if self.currency_id.is_zero(amount):
            return self.env._("none is due: what goes back was invoiced with the work")
        contract = self.contract_id
        kind = dict(contract._fields["invoice_kind"]._description_selection(self.env))[contract.invoice_kind]
        rate = self.env._("VAT rate %s", f"{contract.tax_rate:g}%")
        total = self.env._("to be issued for %s", self._format_money(amount))
        if not self.currency_id.is_zero(withheld):
            retention = self.env._("the retention of %s included", self._format_money(withheld))
            total += in_brackets(self.env, retention)
        return join_phrases(self.env, [kind, rate, total])

    def _get_retention_lines(self):
        return self.line_ids.filtered(lambda line: line.kind == "retention")

    def _get_uninvoiced_lines(self):
        """Return the lines no invoice is asked for: deposits, and money invoiced with the work. Hook."""
        self.ensure_one()
        return self._get_retention_lines() | self._get_deposit_lines()

    def _get_amount_to_invoice(self):
        """Return what the contractor's invoice for this settlement is to come to, tax included.

        As the bill has it: the tax of all accepted work falls due with it, that of the retention included.
        """
        self.ensure_one()
        return self._round(sum((self.line_ids - self._get_uninvoiced_lines()).mapped("amount")))

    def _get_payment_text(self):
        """Return within how many days it is paid, by the contract; "" where its terms of payment say it."""
        self.ensure_one()
        days = self.contract_id.payment_days
        return self.env._("within %s working days of the invoice", days) if days else ""

    def _get_capitals(self):
        """Return the payable amount in Chinese capitals, with its currency."""
        self.ensure_one()
        currency = "人民币" if self.currency_id.name == "CNY" else f"{self.currency_id.name} "
        return currency + amount_to_chinese(self.amount_payable)
