import io
import re
import unicodedata

from openpyxl import load_workbook

from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementStatement(SettlementCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.contract = cls._create_service()
        cls._deduct(cls.contract)
        cls.settlement = cls._settle(cls.contract.milestone_ids[0])
        cls.contractor.vat = "91110000100000000X"

    def _get_url(self, settlement=None):
        return f"/outsourcing/settlement/{(settlement or self.settlement).id}/xlsx"

    def _open(self, content):
        return load_workbook(io.BytesIO(content), data_only=True), load_workbook(io.BytesIO(content))

    def test_workbook_holds_values_behind_its_formulas(self):
        values, formulas = self._open(self.settlement._render_xlsx())
        sheet, formula_sheet = values.worksheets[0], formulas.worksheets[0]
        [total] = [row for row in sheet.iter_rows() if row[0].value == "Payable"]
        self.assertEqual(total[5].value, 11400)
        cell = formula_sheet[total[5].coordinate].value
        self.assertRegex(cell, r"^=SUM\(F\d+:F\d+\)$")
        first, last = map(int, re.findall(r"\d+", cell))
        amounts = [sheet.cell(row, 6).value for row in range(first, last + 1)]
        self.assertEqual(amounts, [12000, -600])
        self.assertEqual(formula_sheet.cell(first, 6).value, f"=D{first}+E{first}")
        self.assertAlmostEqual(sheet.cell(first, 4).value + sheet.cell(first, 5).value, 12000)
        text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        for expected in (
            self.settlement.name,
            self.contractor.name,
            self.company.name,
            "壹万壹仟肆佰元整",
            "12,000.00 × 5%",
        ):
            self.assertIn(expected, text)

    def test_workbook_shows_the_evidence_of_each_amount(self):
        values, _formulas = self._open(self.settlement._render_xlsx())
        rows = [[cell.value for cell in row] for row in values.worksheets[1].iter_rows()]
        deduction = rows[2]
        adjustment = self.settlement.line_ids.adjustment_id
        self.assertEqual(deduction[0], adjustment.name)
        self.assertIn("7.2", deduction[1])
        self.assertIn("Inspection missed", deduction[3])
        self.assertEqual(deduction[4], adjustment.fact_ids.source_name)
        self.assertEqual(deduction[2].date(), adjustment.fact_ids.date)
        self.assertEqual(deduction[5], -600)

    def test_text_is_never_a_formula(self):
        self.contractor.name = "=1+1"
        values, formulas = self._open(self.settlement._render_xlsx())
        cells = [c.value for row in values.worksheets[0].iter_rows() for c in row]
        self.assertIn("=1+1", cells)
        [cell] = [c for row in formulas.worksheets[0].iter_rows() for c in row if c.value == "=1+1"]
        self.assertEqual(cell.data_type, "s")

    def test_workbook_is_chinese_for_a_chinese_user(self):
        values, _formulas = self._open(self.settlement.with_context(lang="zh_CN")._render_xlsx())
        self.assertEqual(values.worksheets[0]["A1"].value, "月度对账结算单")
        self.assertEqual([sheet.title for sheet in values.worksheets], ["结算单", "依据"])

    def test_a_month_of_a_service_is_called_as_the_invoice_calls_it(self):
        row = self.contract.milestone_ids[0].with_context(lang="zh_CN")
        day = row.date_start
        self.assertEqual(row._get_bill_label(), f"{day.year}年{day.month}月电梯维护保养费")
        [work, _deduction] = self.settlement.line_ids
        self.assertEqual(work.name, f"Elevator maintenance fee, {day:%Y-%m}")

    def test_statement_says_for_how_much_the_invoice_is_issued(self):
        chinese = self.settlement.with_context(lang="zh_CN")
        self.assertIn("开票金额$11,400.00", chinese._get_statement_data()["invoice"])

    def test_invoice_of_works_includes_the_retention(self):
        settlement = self._settle(self._create_works(retention_rate=3.0).milestone_ids[0])
        self.assertEqual(settlement.amount_payable, 58200.0)
        text = settlement.with_context(lang="zh_CN")._get_statement_data()["invoice"]
        self.assertIn("开票金额$60,000.00（含质量保证金$1,800.00）", text)

    def test_download_follows_the_rights_of_the_user(self):
        self.settlement.with_user(self.user_supervisor).action_submit()
        for user, status in (
            (self.user_finance, 200),
            (self.portal_contractor, 200),
            (self.portal_competitor, 404),
            (self.portal_representative, 404),
            (self.user_outsider, 404),
        ):
            user.password = f"{user.login}-secret-1"
            self.authenticate(user.login, user.password)
            response = self.url_open(self._get_url())
            self.assertEqual(response.status_code, status, user.name)
            if status == 200:
                self.assertIn("attachment", response.headers["Content-Disposition"])
                self.assertEqual(
                    self._open(response.content)[0].worksheets[0]["B2"].value, self.settlement.name
                )

    def test_guessed_number_is_not_found(self):
        self.user_finance.password = "finance-secret-1"
        self.authenticate(self.user_finance.login, "finance-secret-1")
        self.assertEqual(self.url_open("/outsourcing/settlement/99999999/xlsx").status_code, 404)

    def _print(self, settlement, lang="zh_CN"):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True, lang=lang)
        content, kind = report._render_qweb_pdf(
            "property_outsourcing_finance.outsourcing_settlement_report", settlement.ids
        )
        self.assertEqual(kind, "pdf")
        text = " ".join(page.extract_text() for page in PdfFileReader(io.BytesIO(content)).pages)
        # the font maps some characters to their radicals, and blanks to tabs
        return " ".join(unicodedata.normalize("NFKC", text).split())

    def test_the_three_prints(self):
        works = self._create_works()
        progress = self._settle(works.milestone_ids[0])
        completion = self._settle(self._accept(works.milestone_ids[2]))
        for settlement, title, words in (
            (self.settlement, "月度对账结算单", "壹万壹仟肆佰元整"),
            (progress, "进度款支付申请单", "伍万捌仟贰佰元整"),
            (completion, "竣工结算书", "伍万捌仟贰佰元整"),
        ):
            text = self._print(settlement.with_context(lang="zh_CN"))
            with self.subTest(title=title):
                for expected in (
                    title,
                    words,
                    settlement.name,
                    self.company.name,
                    settlement.contractor_id.name,
                ):
                    self.assertIn(expected, text)

    def test_print_opens_for_the_contractor(self):
        self.settlement.with_user(self.user_supervisor).action_submit()
        report = self.env["ir.actions.report"].with_user(self.portal_contractor)
        html, _kind = report._render_qweb_html(
            "property_outsourcing_finance.outsourcing_settlement_report", self.settlement.ids
        )
        self.assertIn("11,400.00", html.decode())
