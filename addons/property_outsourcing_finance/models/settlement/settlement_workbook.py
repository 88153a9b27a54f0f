import datetime
import io

import xlsxwriter

from odoo import fields, models
from odoo.tools.misc import format_date

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day

FONT = "Noto Sans CJK SC"
COLUMNS = (14, 46, 42, 16, 14, 16)
DAY_ZERO = datetime.date(1899, 12, 30)  # from which a workbook counts its days


class OutsourcingSettlement(models.Model):
    """The statement as a workbook: the account on one sheet, what it rests on on another."""

    _inherit = "outsourcing.settlement"

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
        return [
            (_("Number"), self.name, _("Date"), self.date),
            (_("Client"), data["company"]["name"], _("Tax ID"), data["company"]["vat"]),
            (_("Contractor"), data["contractor"]["name"], _("Tax ID"), data["contractor"]["vat"]),
            (_("Bank"), data["contractor"]["bank"], _("Account"), data["contractor"]["account"]),
            # sudo: the name of the place
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
