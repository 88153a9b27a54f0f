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

    def test_rectification_notice_cites_the_clauses_of_the_contract(self):
        defect = self._create_defect()
        contract = defect.contract_id
        rule = contract.rule_ids.filtered(lambda rule: rule.trigger == "rectification_late")
        html = self._render("report_defect_notice", defect)
        self.assertIn("适用合同条款", html)
        self.assertIn(f"{contract._get_clause_numbers()[rule]} {rule.name}", html)
        self.assertIn("□ 合格", html)

    def test_construction_log_tells_machinery_material_and_briefing(self):
        log = self._create_log(
            self._create_works_contract(),
            weather="sunny",
            temperature="12～20℃",
            machinery="吊篮2台",
            material_arrivals="瓷砖胶2吨",
            safety_briefing="双绳双扣",
        )
        html = self._render("report_site_log", log)
        for text in ("施工日志", "12～20℃", "吊篮2台", "材料进场", "瓷砖胶2吨", "安全交底", "双绳双扣"):
            self.assertIn(text, html)
