import io

import openpyxl

from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .evaluation_common import EvaluationFactory


@tagged("post_install", "-at_install")
class TestEvaluationExport(EvaluationFactory, PortalCommon):
    """Workbook and papers say what the screen says, as values."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_quarter()
        cls.evaluation = cls._publish()

    def _open(self, ids, user):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/outsourcing/evaluations/xlsx?ids={ids}")

    def test_the_workbook_holds_numbers(self):
        action = self.evaluation.with_user(self.user_manager).action_export()
        self.assertIn(f"ids={self.evaluation.id}", action["url"])
        page = self._open(self.evaluation.id, self.user_manager)
        book = openpyxl.load_workbook(io.BytesIO(page.content))
        by_quarter, by_criterion = book.worksheets[:2]
        self.assertEqual([cell.value for cell in by_quarter[2]][0], "Steady Elevators")
        self.assertEqual(by_quarter["C2"].value, self.evaluation.score)
        self.assertEqual([cell.value for cell in by_criterion[2]][3:8], ["On time", 8, 10, 80, 60])

    def test_only_what_one_may_read_is_sent(self):
        for user in (self.user_outsider, self.portal_contractor):
            self.assertEqual(self._open(self.evaluation.id, user).status_code, 404)
        for ids in ("", "x", "999999999", "1;2"):
            self.assertEqual(self._open(ids, self.user_manager).status_code, 404)

    def test_too_many_are_said(self):
        many = self.evaluation.browse(range(1, 802))
        with self.assertRefused("Choose at most 800 evaluations."):
            many.with_user(self.user_manager).action_export()

    def test_the_papers_say_the_same(self):
        reports = self.env["ir.actions.report"].with_user(self.user_manager)
        for paper, texts in (
            ("evaluation_sheet_document", ("Steady Elevators", "8 / 10 = 80 %", "Signs missing twice")),
            ("evaluation_matrix_document", ("Steady Elevators", self.evaluation.period_label)),
        ):
            page = reports._render_qweb_html(f"property_outsourcing_evaluation.{paper}", self.evaluation.ids)[
                0
            ]
            for text in texts:
                self.assertIn(text, page.decode())
