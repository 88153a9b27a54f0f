import datetime
import io

import xlsxwriter

from odoo import fields, models
from odoo.tools.misc import format_date

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day
from odoo.addons.property_outsourcing.tools import in_brackets, join_phrases

from ...tools import amount_to_chinese

FONT = "Noto Sans CJK SC"
COLUMNS = (14, 46, 42, 16, 14, 16)
DAY_ZERO = datetime.date(1899, 12, 30)  # from which a workbook counts its days


class OutsourcingSettlement(models.Model):
    """The statement both parties sign, as a workbook and as data of the printed form."""

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

    # ---- workbook ---------------------------------------------------------------------------------------

    def _render_xlsx(self):
        """Return the statement as the bytes of a workbook; behind each formula stands its real value."""
        self.ensure_one()
        data = self._get_statement_data()
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(
            # row after row to a temporary file: memory does not grow with the lines
            buffer,
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        ) as workbook:
            formats = self._get_xlsx_formats(workbook)
            self._write_statement_sheet(workbook, formats, data)
            self._write_evidence_sheet(workbook, formats, data)
        return buffer.getvalue()

    def _get_xlsx_formats(self, workbook):
        base = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
        cell = {**base, "border": 1}
        money = (
            f"#,##0.{'0' * self.currency_id.decimal_places}" if self.currency_id.decimal_places else "#,##0"
        )
        options = {
            "title": {**base, "bold": True, "font_size": 16, "align": "center"},
            "label": {**base, "bold": True},
            "text": base,
            "head": {**cell, "bold": True, "bg_color": "#E7ECF3", "align": "center"},
            "cell": cell,
            "date": {**cell, "num_format": "yyyy-mm-dd"},
            "plain_date": {**base, "num_format": "yyyy-mm-dd", "align": "left"},
            "money": {**cell, "num_format": money},
            "total": {**cell, "num_format": money, "bold": True},
            "total_label": {**cell, "bold": True, "align": "right"},
        }
        return {name: workbook.add_format(option) for name, option in options.items()}

    def _write_statement_sheet(self, workbook, formats, data):
        _ = self.env._
        sheet = workbook.add_worksheet(_("Statement"))
        self._set_up_sheet(sheet, COLUMNS)
        last = len(COLUMNS) - 1
        sheet.merge_range(0, 0, 0, last, self._get_print_title(), formats["title"])
        sheet.set_row(0, 30)
        row = 1
        for left, left_value, right, right_value in self._get_header_rows(data):
            sheet.write(row, 0, left, formats["label"])
            self._write_value(sheet, row, 1, left_value, formats)
            sheet.write(row, 3, right, formats["label"])
            self._write_value(sheet, row, 4, right_value, formats)
            row += 1
        row += 1
        titles = (_("Kind"), _("Description"), _("Calculation"), _("Untaxed"), _("Tax"), _("Amount"))
        sheet.write_row(row, 0, titles, formats["head"])
        first = row + 1
        for row, line in enumerate(data["lines"], start=first):
            sheet.write(row, 0, data["kinds"][line.kind], formats["cell"])
            sheet.write(row, 1, line.name, formats["cell"])
            sheet.write(row, 2, line.formula or "", formats["cell"])
            sheet.write_number(row, 3, line.amount_untaxed, formats["money"])
            sheet.write_number(row, 4, line.amount_tax, formats["money"])
            sheet.write_formula(row, 5, f"=D{row + 1}+E{row + 1}", formats["money"], line.amount)
        row = self._write_totals(sheet, max(row, first), first, formats)
        sheet.merge_range(
            row, 0, row, last, _("Payable in capitals: %s", data["capitals"]), formats["total_label"]
        )
        row = self._write_account(sheet, row + 2, formats, data)
        self._write_signatures(sheet, row + 1, formats)

    def _write_account(self, sheet, row, formats, data):
        columns = data["account"]
        if data["waiting"]:
            columns = [*columns, (self.env._("Approved before, not billed yet"), data["waiting"])]
        for label, amount in columns:
            sheet.merge_range(row, 0, row, 4, label, formats["total_label"])
            sheet.write_number(row, 5, amount, formats["money"])
            row += 1
        return row

    def _write_value(self, sheet, row, column, value, formats):
        if hasattr(value, "year"):
            sheet.write_datetime(row, column, fields.Datetime.to_datetime(value), formats["plain_date"])
        else:
            sheet.write(row, column, value or "", formats["text"])

    def _get_header_rows(self, data):
        _ = self.env._
        contract = data["contract"]
        # sudo: the name of the place
        return [
            (_("Number"), self.name, _("Date"), self.date),
            (_("Client"), data["company"]["name"], _("Tax ID"), data["company"]["vat"]),
            (_("Contractor"), data["contractor"]["name"], _("Tax ID"), data["contractor"]["vat"]),
            (_("Bank"), data["contractor"]["bank"], _("Account"), data["contractor"]["account"]),
            (_("Contract"), contract.display_name, _("Community"), self._name_of(self.sudo().community_id)),
            (_("Settlement Period"), data["period"], _("Invoice"), data["invoice"]),
            (_("Payment"), data["payment"], "", ""),
        ]

    def _write_totals(self, sheet, last_line, first, formats):
        row = last_line + 1
        totals = ("amount_untaxed", "amount_tax", "amount_payable")
        sheet.merge_range(row, 0, row, 2, self.env._("Payable"), formats["total_label"])
        for column, (letter, name) in enumerate(zip("DEF", totals, strict=True), start=3):
            formula = f"=SUM({letter}{first + 1}:{letter}{last_line + 1})"
            sheet.write_formula(row, column, formula, formats["total"], self[name])
        return row + 1

    def _write_signatures(self, sheet, row, formats):
        for column, (label, name, date) in enumerate(self._get_signatures()):
            text = f"{label}\n{name or ''}\n{date or ''}"
            sheet.write(row, column, text, formats["cell"])
        sheet.set_row(row, 54)

    def _get_signatures(self):
        """Return the signature blocks as (label, name, date); the parties sign by hand."""
        settlement, _ = self.sudo(), self.env._  # names of the signatories only; callers checked access
        signed = {
            label: (
                settlement._name_of(settlement[who]),
                settlement[when] and format_date(self.env, trade_day(self, settlement[when])),
            )
            for label, who, when in (
                (_("Drawn up by (project department)"), "submitted_by_id", "date_submitted"),
                (_("Project manager"), "checked_by_id", "date_checked"),
                (_("Finance department"), "approved_by_id", "date_approved"),
            )
        }
        labels = (
            _("Contractor (signature, seal)"),
            _("Drawn up by (project department)"),
            _("Project manager"),
            _("Engineering (quality) department"),
            _("Finance department"),
            _("Head of the company"),
        )
        return [(label, *signed.get(label, ("", ""))) for label in labels]

    def _write_evidence_sheet(self, workbook, formats, data):
        _ = self.env._
        sheet = workbook.add_worksheet(_("Evidence"))
        self._set_up_sheet(sheet, (18, 40, 14, 34, 34, 16, 14))
        titles = (
            _("Line"), _("Clause"), _("Date"), _("Fact"), _("Source Document"), _("Amount"), _("Goes back on")
        )  # fmt: skip
        sheet.write_row(0, 0, titles, formats["head"])
        for row, evidence in enumerate(data["evidence"], start=1):
            sheet.write(row, 0, evidence["line"], formats["cell"])
            sheet.write(row, 1, evidence["clause"], formats["cell"])
            self._write_day(sheet, row, 2, evidence["date"], formats)
            sheet.write(row, 3, evidence["fact"], formats["cell"])
            sheet.write(row, 4, evidence["source"], formats["cell"])
            sheet.write_number(row, 5, evidence["amount"], formats["money"])
            self._write_day(sheet, row, 6, evidence["due"], formats)

    def _write_day(self, sheet, row, column, day, formats):
        if day:
            # the number a workbook keeps for a day; thousands of them are not converted one by one
            sheet.write_number(row, column, (fields.Date.to_date(day) - DAY_ZERO).days, formats["date"])
        else:
            sheet.write_blank(row, column, None, formats["cell"])

    def _set_up_sheet(self, sheet, widths):
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)


class OutsourcingSettlementLine(models.Model):
    _inherit = "outsourcing.settlement.line"

    def _get_evidence_rows(self):
        """Return what the line rests on: for work its acceptance, for an adjustment clause and facts."""
        self.ensure_one()
        row = self._prepare_evidence_row()
        if self.kind == "milestone":
            return [{**row, "date": self.milestone_id.date_accepted, **self._get_acceptance_evidence()}]
        if self.kind == "retention":
            return [{**row, "fact": self.formula or "", "due": self.date_due}]
        if self.source_name:
            return [{**row, "fact": self.formula or "", "date": self.date, "source": self.source_name}]
        adjustment = self.adjustment_id
        if not adjustment:
            return []
        row.update(line=adjustment.name, clause=adjustment.rule_id.display_name, date=adjustment.date)
        if not adjustment.fact_ids:
            return [{**row, "fact": adjustment.reason or ""}]
        labels = dict(adjustment.fact_ids._fields["fact_type"]._description_selection(self.env))
        rows = [
            {
                **row,
                "date": fact.date,
                "fact": " ".join(filter(None, (labels.get(fact.fact_type), fact.note))),
                "source": fact.source_name or "",
                "amount": 0.0,
            }
            for fact in adjustment.fact_ids
        ]
        rows[0]["amount"] = self.amount  # several facts of one deduction: it counts once
        return rows

    def _prepare_evidence_row(self, **values):
        """Return a row of what the line rests on, everything it does not say empty.

        :param values: ``clause``, ``date``, ``due`` (when it goes back), ``fact``, ``source``
        """
        empty = {"clause": "", "date": False, "due": False, "fact": "", "source": ""}
        return {"line": self.name, "amount": self.amount, **empty, **values}

    def _get_acceptance_evidence(self):
        source = self.milestone_id.accepted_source_name
        return {"fact": self.env._("Acceptance passed"), "source": source or ""}
