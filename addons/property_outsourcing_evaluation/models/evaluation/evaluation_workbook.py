import io

import xlsxwriter

from odoo import models
from odoo.exceptions import UserError

FONT = "Noto Sans CJK SC"
MOST = 800  # their ids travel in an address


class OutsourcingEvaluation(models.Model):
    """Evaluations as a workbook of values: contractors by quarter, points by criterion."""

    _inherit = "outsourcing.evaluation"

    def action_export(self):
        """Download the chosen evaluations as a workbook."""
        if len(self) > MOST:
            raise UserError(self.env._("Choose at most %s evaluations.", MOST))
        self.check_access("read")
        ids = ",".join(map(str, self.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/outsourcing/evaluations/xlsx?ids={ids}",
            "target": "download",
        }

    def _render_xlsx(self):
        """Return the evaluations ``self`` as the bytes of a workbook; figures are numbers, not texts."""
        buffer = io.BytesIO()
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(buffer, options) as workbook:
            self._write_matrix_sheet(workbook)
            self._write_criteria_sheet(workbook)
            self._write_contracts_sheet(workbook)
            self._write_comparison_sheets(workbook)
        return buffer.getvalue()

    def _get_xlsx_format(self, workbook, **options):
        return workbook.add_format({"font_name": FONT, "font_size": 10, "border": 1, **options})

    def _write_matrix_sheet(self, workbook):
        matrix, _ = self._get_matrix(), self.env._
        sheet = workbook.add_worksheet(_("By quarter"))
        head = self._get_xlsx_format(workbook, bold=True, bg_color="#E7ECF3")
        cell = self._get_xlsx_format(workbook)
        colors = {part["color"] for row in matrix["rows"] for part in row["cells"]}
        shades = {
            color: self._get_xlsx_format(workbook, bg_color=color, num_format="0.00") for color in colors
        }
        sheet.write_row(0, 0, (_("Contractor"), _("Service Type"), *matrix["quarters"]), head)
        for number, row in enumerate(matrix["rows"], start=1):
            sheet.write_row(number, 0, (row["contractor"], row["service"]), cell)
            for column, part in enumerate(row["cells"], start=2):
                value = part["text"] if part["score"] is None else part["score"]
                sheet.write(number, column, value, shades[part["color"]])
        sheet.set_column(0, 1, 26)
        sheet.freeze_panes(1, 2)

    def _write_criteria_sheet(self, workbook):
        _ = self.env._
        sheet = workbook.add_worksheet(_("By criterion"))
        head = self._get_xlsx_format(workbook, bold=True, bg_color="#E7ECF3")
        cell, number = self._get_xlsx_format(workbook), self._get_xlsx_format(workbook, num_format="0.00")
        titles = (
            _("Contractor"), _("Service Type"), _("Quarter"), _("Criterion"), _("Counted"), _("Out of"),
            _("Figure"), _("Points"), _("Effective Weight (%)"), _("Points Lost"), _("Reason"),
        )  # fmt: skip
        sheet.write_row(0, 0, titles, head)
        for row, line in enumerate(
            self.line_ids.sorted(lambda r: (r.evaluation_id.id, r.sequence, r.id)), start=1
        ):
            evaluation = line.evaluation_id
            texts = (
                evaluation.contractor_id.name,
                line.service_type_id.name,
                evaluation.period_label,
                line.name,
            )
            sheet.write_row(row, 0, texts, cell)
            rated = line.status == "rated"
            figures = (line.numerator, line.sample, line.value) if line.method == "facts" else (None,) * 3
            sheet.write_row(row, 4, (*figures, line.points if rated else None, line.share, line.lost), number)
            sheet.write(row, 10, line.note or line.explanation or "", cell)
        sheet.set_column(0, 3, 22)
        sheet.set_column(10, 10, 50)
        sheet.autofilter(0, 0, len(self.line_ids), 10)
        sheet.freeze_panes(1, 0)

    def _write_contracts_sheet(self, workbook):
        _ = self.env._
        sheet = workbook.add_worksheet(_("By contract"))
        head = self._get_xlsx_format(workbook, bold=True, bg_color="#E7ECF3")
        cell, number = self._get_xlsx_format(workbook), self._get_xlsx_format(workbook, num_format="0.00")
        titles = (
            _("Contract"), _("Contractor"), _("Quarter"), _("Score"), _("Grade"), _("Criterion"), _("Figure"),
            _("Points"),
        )  # fmt: skip
        sheet.write_row(0, 0, titles, head)
        at = 0
        for row in self.row_ids:
            for part in row._get_criteria():
                at += 1
                texts = (row.contract_id.display_name, row.contractor_id.name, row.period_label)
                sheet.write_row(at, 0, texts, cell)
                sheet.write(at, 3, row.score if row.is_graded else None, number)
                sheet.write_row(at, 4, (row.grade_id.name or "", part["name"], part["figure"] or ""), cell)
                sheet.write(at, 7, part["points"], number)
        sheet.set_column(0, 6, 22)
        sheet.freeze_panes(1, 0)

    def _write_comparison_sheets(self, workbook):
        """Write a sheet for each service: criteria down, contractors and quarters across, and the points."""
        head = self._get_xlsx_format(workbook, bold=True, bg_color="#E7ECF3")
        cell, number = self._get_xlsx_format(workbook), self._get_xlsx_format(workbook, num_format="0.00")
        for place, (_service, own) in enumerate(self.grouped("service_type_id").items(), start=1):
            comparison = own._get_comparison()
            sheet = workbook.add_worksheet(self.env._("Side by side %s", place))
            sheet.write_row(0, 0, (own[0].service_type_id.name, *comparison["heads"]), head)
            sheet.write(1, 0, self.env._("Score"), cell)
            sheet.write_row(1, 1, [e.score if e.is_graded else None for e in own], number)
            for at, row in enumerate(comparison["rows"], start=2):
                sheet.write(at, 0, row["name"], cell)
                sheet.write_row(at, 1, row["points"], number)
            sheet.set_column(0, len(own), 22)
            sheet.freeze_panes(1, 1)
