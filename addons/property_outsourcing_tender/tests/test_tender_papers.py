import io

from openpyxl import load_workbook

from odoo.tests import tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestTenderPapers(TenderCommon):
    """Minutes, comparison and notices say what happened; the workbook holds the same figures."""

    def _render(self, report, record):
        reports = self.env["ir.actions.report"].with_user(self.user_manager)
        return reports._render_qweb_html(f"property_outsourcing_tender.{report}", record.ids)[0].decode()

    def test_the_minutes_name_openers_bidders_and_receipts(self):
        tender = self._create_opened()
        html = self._render("report_tender_minutes", tender)
        for text in ("Wang Supervisor", "Zhang Manager", "Rapid Elevators", "opened later"):
            self.assertIn(text, html)
        self.assertIn(self._get_bid(tender, self.contractor).receipt, html)
        self.assertNotIn("84,000.00", html)

    def test_the_comparison_marks_lowest_and_highest(self):
        tender = self._award(self._create_opened())
        html = self._render("report_tender_comparison", tender)
        self.assertEqual(html.count("o_figure o_lowest"), 1)
        self.assertEqual(html.count("o_figure o_highest"), 1)
        self.assertIn("84,000.00 ÷ 90,000.00 × 100", html)

    def test_the_notice_tells_a_loser_its_own_points_only(self):
        tender = self._award(self._create_opened())
        html = self._render("report_bid_notice", self._get_bid(tender, self.third_firm))
        self.assertIn("It was not awarded", html)
        self.assertIn("93.33", html)
        self.assertNotIn("Rapid Elevators", html)

    def test_the_workbook_has_every_quote(self):
        tender = self._award(self._create_opened())
        sheet = load_workbook(io.BytesIO(tender._render_xlsx())).worksheets[0]
        values = [cell.value for row in sheet.iter_rows() for cell in row]
        for value in ("Steady Elevators", 84000, 86400, 90000, 7500):
            self.assertIn(value, values)
