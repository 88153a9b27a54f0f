from odoo.tests import tagged

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestPrints(SiteCommon):
    def _render(self, name, record, lang="zh_CN"):
        reports = self.env["ir.actions.report"].with_user(self.user_supervisor).with_context(lang=lang)
        html, _type = reports._render_qweb_html(f"property_outsourcing_site.{name}", record.ids)
        return html.decode()

    def test_inspection_record_names_parties_and_items(self):
        inspection = self._create_done_inspection({"A_1_29": {"value": 6.2, "note": "worn"}})
        html = self._render("report_inspection", inspection)
        for text in (
            self.company.name,
            inspection.name,
            self.contractor.name,
            "A-1-29",
            "层门锁紧元件啮合长度",
            "6.2",
        ):
            self.assertIn(text, html)

    def test_defect_has_two_prints(self):
        defect = self._create_defect()
        self.assertIn("问题反馈表", self._render("report_defect_feedback", defect))
        self.assertIn("整改通知单", self._render("report_defect_notice", defect))

    def test_log_is_titled_by_its_kind(self):
        self.assertIn("作业记录", self._render("report_site_log", self._create_log()))
