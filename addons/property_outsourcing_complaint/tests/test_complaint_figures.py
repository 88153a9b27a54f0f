import base64
import io
from datetime import time

import openpyxl
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today, utc_moment

from .complaint_common import ComplaintCommon, freeze_time


@tagged("post_install", "-at_install")
class TestComplaintFigures(ComplaintCommon):
    """Rates and means are counted anew in every group: out of what was counted, not of other means."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.community.household_count = 1000
        cls.other_community.household_count = 3000
        cls.lift = cls.stuck.category_id
        cls.smell = cls.env.ref("property_outsourcing_complaint.problem_water_smell")
        cls.figures = cls.env["outsourcing.complaint.figure"].with_user(cls.user_manager)

    @classmethod
    def _reported(cls, months_ago=0, **vals):
        moment = fields.Datetime.now().replace(day=10) - relativedelta(months=months_ago)
        with freeze_time(moment):
            return cls._report_matter(user=cls.user_manager, **vals).sudo()

    def _read(self, *specs, group=(), domain=()):
        domain = [("company_id", "=", self.company.id), *domain]
        return self.figures._read_group(domain, list(group), list(specs))

    def test_a_community_and_category_without_complaints_has_its_households(self):
        self._reported()
        self._reported(problem_id=self.smell.id, equipment_id=False, community_id=self.other_community.id)
        communities = [("community_id", "in", (self.community | self.other_community).ids)]
        [[number, households, rate]] = self._read(
            "reports:sum", "households:sum", "report_rate:avg", domain=communities
        )
        self.assertEqual((number, households, rate), (2, 4000, 0.5))
        specs = ("households:sum", "report_rate:avg")
        by_category = self._read(*specs, group=["category_id"], domain=communities)
        self.assertIn((self.lift.id, 4000, 0.25), [(row[0].id, *row[1:]) for row in by_category])
        by_community = self._read(*specs, group=["community_id"], domain=communities)
        self.assertIn((self.community.id, 1000, 1.0), [(row[0].id, *row[1:]) for row in by_community])

    def test_months_are_counted_each_once(self):
        self._reported(months_ago=2)
        self._reported()
        [[households, rate]] = self._read(
            "households:sum", "report_rate:avg", domain=[("community_id", "=", self.community.id)]
        )
        self.assertEqual((households, round(rate, 4)), (3000, round(2 / 3, 4)))

    def test_means_are_of_what_was_answered_and_done(self):
        quick, slow, _open = self._reported(), self._reported(), self._reported()
        for complaint, hours in ((quick, 2), (slow, 6)):
            done = complaint.date_received + relativedelta(hours=hours)
            complaint._gated().write({"date_answered": done, "date_done": done, "state": "done"})
        [[answer, finish]] = self._read("mean_answer:avg", "mean_finish:avg")
        self.assertEqual((answer, finish), (4.0, 4.0))
        complaints = self.env["outsourcing.complaint"]
        [[mean]] = complaints._read_group(
            [("id", "in", (quick | slow | _open).ids)], [], ["hours_to_finish:avg"]
        )
        self.assertEqual(mean, 4.0)

    def test_returned_and_confirmed_are_out_of_what_was_dealt_with(self):
        first, second, _open = self._reported(), self._reported(), self._reported()
        now = fields.Datetime.now()
        first._gated().write({"state": "confirmed", "date_done": now, "confirmed_by": "desk", "stars": 4})
        second._gated().write({"state": "returned", "return_count": 2})
        [[handled, returned, confirmed, stars]] = self._read(
            "handled:sum", "return_rate:avg", "confirm_rate:avg", "mean_stars:avg"
        )
        self.assertEqual((handled, returned, confirmed, stars), (2, 50.0, 50.0, 4.0))

    def test_merged_and_rejected_reports_are_no_further_matters(self):
        first, second, third = self._reported(), self._reported(), self._reported()
        second._gated().write({"state": "merged", "merged_into_id": first.id})
        third._gated().state = "rejected"
        self.assertEqual(self._read("reports:sum"), [(1,)])

    def test_a_firm_has_the_households_it_serves(self):
        complaint = self._reported()
        complaint._gated().contract_id = self.contract
        domain = [("contractor_id", "=", self.contractor.id)]
        [[number, households]] = self._read("reports:sum", "households:sum", domain=domain)
        self.assertEqual((number, households), (1, 1000))

    def test_a_row_leads_to_what_it_counts(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        first_hour = utc_moment(self.company, trade_today(self.company).replace(day=1), time(0, 30))
        with freeze_time(first_hour):
            complaint = self._report_matter(user=self.user_manager)
            self._report_matter(user=self.user_manager, kind="praise")
        self.env.flush_all()
        here = [("community_id", "=", self.community.id), ("reports", ">", 0)]
        action = self.figures.search(here).action_view_complaints()
        found = self.env["outsourcing.complaint"].search(action["domain"])
        self.assertEqual(found.ids, complaint.ids)

    def test_a_supervisor_counts_the_own_communities_only(self):
        self._reported(problem_id=self.smell.id, equipment_id=False, community_id=self.other_community.id)
        figures = self.figures.with_user(self.user_supervisor)
        self.assertFalse(figures.search([("community_id", "=", self.other_community.id)]))
        self.assertFalse(
            self.figures.with_user(self.user_outsider).search([("community_id", "=", self.community.id)])
        )

    def test_statistics_of_thirty_take_the_queries_of_two(self):
        def count(number):
            for _number in range(number):
                self._reported()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._read("report_rate:avg", "mean_finish:avg", "return_rate:avg", group=["community_id"])
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(30), count(2))

    def _compare(self, **values):
        wizard = Form(self.env["outsourcing.complaint.comparison"].with_user(self.user_manager))
        wizard.month = fields.Date.today().replace(day=1) - relativedelta(months=2)
        wizard.months, wizard.measure = 3, "reports"
        for name, value in values.items():
            setattr(wizard, name, value)
        return wizard.save()

    def test_before_and_after_are_compared_by_rate(self):
        for months_ago in (5, 4, 3, 3, 1, 0):
            self._reported(months_ago)
        wizard = self._compare()
        wizard.action_compare()
        line = wizard.line_ids.filtered(lambda row: row.community_id.id == self.community.id)
        self.assertRecordValues(
            line, [{"before_count": 4, "before_households": 3000, "after_count": 2, "change": "-50.0%"}]
        )
        self.assertFalse(wizard.note)
        self.assertIn("is not complete", self._compare(months=6).note)
        with self.assertRefused("Compare one to 36 months on each side"):
            self._compare(months=0).action_compare()

    def test_the_workbook_holds_what_was_counted_beside_the_rates(self):
        for months_ago in (5, 4, 0):
            self._reported(months_ago)
        wizard = self._compare()
        self.assertIn(f"/{wizard.id}/file/", wizard.action_download()["url"])
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(wizard.file)))
        self.assertEqual(len(book.worksheets), 5)
        rows = [
            row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == self.community.name
        ]
        self.assertEqual((rows[0][1], rows[0][2], rows[0][4]), (2, 3000, 1))
        self.assertTrue(str(rows[0][3]).startswith("=IF("))

    def test_a_contract_brings_its_start_communities_and_service(self):
        wizard = Form(self.env["outsourcing.complaint.comparison"].with_user(self.user_manager))
        wizard.contract_id = self.contract
        self.assertEqual(wizard.month, self.contract.date_start.replace(day=1))
        self.assertEqual(wizard.community_ids[:], self.contract.community_ids)
        self.assertIn(self.lift, wizard.category_ids[:])
