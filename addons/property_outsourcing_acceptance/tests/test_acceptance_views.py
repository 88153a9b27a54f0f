from odoo.tests import Form, tagged

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestAcceptanceViews(AcceptanceCommon):
    def test_forms_open_and_save_as_supervisor(self):
        user = self.user_supervisor
        with Form(self.env["outsourcing.acceptance"].with_user(user)) as form:
            form.milestone_id = self.row2
        self.assertEqual(form.record.amount_claimed, 80000.0)
        self.assertTrue(form.record.line_ids, "The checklist of the service was loaded")
        with Form(self.env["outsourcing.concealed.work"].with_user(user)) as form:
            form.milestone_id = self.row1
            form.title = "Bedding"
        self.assertEqual(form.record.community_id, self.community)

    def test_score_points_are_edited_in_the_form(self):
        contract = self._create_active_contract()
        sheet = self._create_sheets(contract, month=1)
        with Form(sheet) as form, form.score_line_ids.edit(0) as line:
            line.points = 20
            line.note = "Two visits late"
        self.assertEqual(sheet.score, 95.0)

    def test_prints_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        acceptance = self._accept(self.row2)
        sheet = self._create_sheets(self._create_active_contract(), month=1)
        work = self._create_concealed()
        reports = (
            ("report_acceptance", acceptance),
            ("report_month_score", sheet),
            ("report_concealed_work", work),
        )
        for name, record in reports:
            report = self.env["ir.actions.report"].with_context(lang="zh_CN").with_user(self.user_supervisor)
            html = report._render_qweb_html(f"property_outsourcing_acceptance.{name}", record.ids)[0].decode()
            with self.subTest(report=name):
                self.assertIn(record.name, html)
                self.assertIn(self.company.name, html)
                self.assertIn(
                    {"report_acceptance": "验收单", "report_month_score": "月度考核评分表"}.get(
                        name, "隐蔽工程验收记录"
                    ),
                    html,
                )
