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
        self.assertIn("$84,000.00 ÷ $90,000.00 × 100", html)

    def test_the_notice_tells_a_loser_its_own_points_only(self):
        tender = self._award(self._create_opened())
        html = self._render("report_bid_notice", self._get_bid(tender, self.third_firm))
        self.assertIn("It was not awarded", html)
        self.assertIn("93.33", html)
        self.assertIn("Steady Elevators", html)
        self.assertIn("84,000.00", html)
        self.assertNotIn("Rapid Elevators", html)

    def test_a_price_of_an_excluded_bid_is_not_the_lowest(self):
        tender = self._create_opened(prices=(1000.0, 7200.0, 7500.0))
        tender.action_evaluate()
        self._get_bid(tender, self.contractor)._exclude("Forged proof")
        item = tender._get_comparison()[0]["items"][0]
        self.assertEqual((item["lowest"], item["highest"]), (7200.0, 7500.0))

    def test_the_workbook_has_every_quote(self):
        tender = self._award(self._create_opened())
        sheet = load_workbook(io.BytesIO(tender._render_xlsx())).worksheets[0]
        values = [cell.value for row in sheet.iter_rows() for cell in row]
        for value in ("Steady Elevators", 84000, 86400, 90000, 7500):
            self.assertIn(value, values)

    def test_papers_keep_the_names_of_their_day(self):
        tender = self._award(self._create_opened())
        bid = self._get_bid(tender, self.contractor)
        papers = [
            ("report_tender_minutes", tender),
            ("report_tender_comparison", tender),
            ("report_bid_notice", bid),
        ]
        before = [self._render(*paper) for paper in papers]
        for firm in self.firms:
            firm.with_user(self.user_manager).name = f"Renamed {firm.id}"
        for record in (self.user_manager, self.user_supervisor, self.community, self.company.partner_id):
            record.sudo().name = "Renamed"
        self.env.flush_all()
        self.env.invalidate_all()
        for paper, text in zip(papers, before, strict=True):
            self.assertNotIn("Renamed", self._render(*paper), paper)
            self.assertIn("Steady Elevators", text)

    def test_a_lot_that_stays_sealed_leaves_no_name(self):
        lots = [self._prepare_lot("Lot 1", 50000.0), self._prepare_lot("Lot 2", 40000.0)]
        tender = self._publish(self._create_tender(lot_ids=lots))
        self._submit_bid(tender, self.contractor, lot=tender.lot_ids[1])
        for firm in (self.competitor, self.third_firm):
            self._submit_bid(tender, firm, lot=tender.lot_ids[0])
        tender._gated().invited_ids = False
        tender._gated().paper_count = 1
        self._open(tender)
        names = tender.sudo().signed_data["names"]
        self.assertIn(f"res.partner,{self.competitor.id}", names)
        self.assertNotIn(f"res.partner,{self.contractor.id}", names)
