from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.property_outsourcing_repairs.tests.repairs_common import RepairsFactory

from .common import StoryCommon, on


@tagged("post_install", "-at_install")
class TestPaperReportStory(RepairsFactory, StoryCommon):
    """A repair reported on paper: 2 x 185.00 and half of 95.20 are accepted by another, 417.60 is paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-10-01"):
            cls.framework = cls._create_framework(date_start=date(2026, 10, 1), date_end=date(2027, 9, 30))

    def _type(self, order, **quantities):
        for line in order.outsourcing_order_line_ids.with_user(self.user_supervisor):
            line.quantity_reported = quantities[line.code.replace("-", "_")]

    def _call_off_two(self):
        order = self._call_off(self.framework, {"MB-01": 2, "GS-01": 1})
        self._type(order, MB_01=2, GS_01=1)
        return order.with_user(self.user_supervisor)

    def test_a_paper_report_from_the_sheet_to_payment(self):
        with on("2026-10-12"):
            order = self._call_off_two()
            self._report_on_paper(order, self.performer)
            self.assertEqual(order.outsourcing_report_signer_id, self.performer)
            self._check_scan(order.evidence_ids)
        with on("2026-10-13"):
            self._accept_less(order)
        with on("2026-11-01"):
            self.framework._create_rollups(date(2026, 10, 1))
        row = self.framework.milestone_ids
        self.assertEqual((row.amount, row.amount_accepted), (417.60, 417.60))
        with on("2026-11-03"):
            settlement = self._settle_and_pay(row)
        self.assertEqual((settlement.amount_payable, settlement.payment_state), (417.60, "paid"))

    def _check_scan(self, scan):
        self.assertEqual((len(scan), scan.is_paper, scan.caption), (1, True, "Signed report"))
        self.assertEqual((scan.author_id, scan.performer_id), (self.user_supervisor, self.performer))

    def _accept_less(self, order):
        """Whoever typed the report accepts nothing; a colleague accepts half of the pipe, with a reason."""
        with self.assertRaisesRegex(UserError, "Wang Supervisor has already signed as Reported by"):
            order.action_outsourcing_accept_quantities()
        colleague = order.with_user(self.user_supervisor2)
        pipe = colleague.outsourcing_order_line_ids.filtered(lambda line: line.code == "GS-01")
        pipe.write({"quantity_performed": 0.5, "cut_reason": "Half of it was there before"})
        colleague.action_outsourcing_accept_quantities()
        self.assertEqual(order.outsourcing_order_amount, 417.60)
        self.assertEqual(order.outsourcing_dispute_state, "open")

    def test_a_paper_report_needs_a_scan_and_a_person_of_the_firm(self):
        with on("2026-10-12"):
            order = self._call_off_two()
            record = order._record_report_paper
            scan = self._photos()
            with self.assertRaisesRegex(UserError, "Attach the scan of the sheet"):
                record(self.performer, [])
            with self.assertRaisesRegex(UserError, "Name the person who signed"):
                record(self.env["res.partner"], scan)
            for stranger in (self.representative, self.contractor):
                with self.assertRaisesRegex(UserError, "is not one of the people of Steady Elevators"):
                    record(stranger, scan)
        self.assertEqual((order.outsourcing_measure_state, order.evidence_count), ("estimate", 0))

    def test_a_report_sent_back_is_reported_anew_by_phone(self):
        with on("2026-10-12"):
            order = self._report_on_paper(self._call_off_two(), self.performer)
            order.with_user(self.user_supervisor2).action_outsourcing_return_quantities()
            self.assertFalse(order.outsourcing_report_signer_id)
            self._report(order, {"MB-01": 1, "GS-01": 0})
            self._accept(order)
        self.assertEqual((order.outsourcing_order_amount, order.outsourcing_reported_by_id.name),
                         (185.0, "Contractor's office"))  # fmt: skip
