import io

import openpyxl

from odoo import fields
from odoo.tests import tagged

from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationComparison(EvaluationCommon):
    """Contractors of a quarter, and quarters of a contractor, stand side by side, in charts and words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival = cls._create_contract(title="Rival", contractor_id=cls.competitor.id)
        cls._record_orders(8, 10)
        cls._record_orders(10, 10, contract=cls.rival)
        cls.evaluations = cls._run()
        for evaluation in cls.evaluations:
            cls._judge(evaluation)

    def _compare(self, **vals):
        wizard = self.env["outsourcing.evaluation.compare"].with_user(self.user_manager)
        return wizard.create({"service_type_id": self.service_elevator.id, **vals})

    def test_contractors_of_a_quarter_stand_side_by_side(self):
        compare = self._compare(date_from=self.quarter, date_to=self.quarter)
        self.assertEqual(compare.evaluation_ids, self.evaluations)
        for text in ("Steady Elevators", self.competitor.name, "8 / 10 = 80 %", "10 / 10 = 100 %", "On site"):
            self.assertIn(text, compare.comparison)

    def test_one_firm_is_chosen(self):
        compare = self._compare(
            date_from=self.quarter, date_to=self.quarter, contractor_ids=self.competitor.ids
        )
        self.assertEqual(compare.evaluation_ids.contractor_id, self.competitor)

    def test_quarters_of_a_contractor_stand_side_by_side(self):
        before = fields.Date.add(self.quarter, months=-3)
        self._record_orders(9, 9, day=before)
        earlier = self._run(date=before)
        compare = self._compare(date_from=before, date_to=self.quarter, contractor_ids=self.contractor.ids)
        for evaluation in earlier | self.evaluations[0]:
            self.assertIn(evaluation.period_label, compare.comparison)

    def test_an_empty_choice_is_said(self):
        compare = self._compare(date_from="2020-01-01", date_to="2020-03-31")
        self.assertFalse(compare.comparison)
        with self.assertRefused("Nothing is evaluated here yet"):
            compare.action_export()

    def test_other_services_are_not_compared(self):
        other = self._create_contract("service_type_cleaning", title="Cleaning")
        self._record_orders(9, 9, contract=other)
        with self.assertRefused("Only evaluations of one service are compared"):
            self._run().with_user(self.user_manager).action_compare()

    def test_the_button_of_the_list_opens_what_was_chosen(self):
        action = self.evaluations.with_user(self.user_manager).action_compare()
        compare = self.env["outsourcing.evaluation.compare"].with_context(**action["context"]).create({})
        self.assertEqual(compare.evaluation_ids, self.evaluations)
        alone = self.evaluations[0].with_user(self.user_manager).action_compare()
        compare = self.env["outsourcing.evaluation.compare"].with_context(**alone["context"]).create({})
        self.assertEqual(compare.evaluation_ids, self.evaluations)

    def test_the_workbook_has_contracts_and_criteria_side_by_side(self):
        book = openpyxl.load_workbook(io.BytesIO(self.evaluations._render_xlsx()))
        contracts, beside = book.worksheets[2:]
        self.assertIn("8 / 10 = 80 %", [row[6].value for row in contracts.iter_rows()])
        self.assertEqual({cell.value for cell in beside[3]}, {"On time", 60, 100})

    def test_a_chart_is_read_aloud(self):
        before = fields.Date.add(self.quarter, months=-3)
        self._record_orders(9, 9, day=before)
        earlier = self._run(date=before)
        self._judge(earlier)
        earlier._gated().write({"state": "final"})
        self.env.invalidate_all()
        charts = self.evaluations.filtered(lambda e: e.contractor_id == self.contractor).charts
        self.assertIn("aria-label", charts)
        self.assertIn(f"{earlier.period_label} {earlier.score:g} {earlier.grade_id.name}", charts)
        self.assertIn("Score by quarter", charts)
        self.assertIn("On time", charts)

    def test_charts_of_many_cost_the_same(self):
        counts = []
        for part in (self.evaluations, self.evaluations[:1], self.evaluations):  # the first fills caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            part.with_user(self.user_manager).mapped("charts")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 1)
