from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .test_paper_prints import PaperCase


@tagged("post_install", "-at_install")
class TestSitePapers(PaperCase):
    """Papers that go to the site: stop and go on, hand over, warrant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.company.partner_id.lang = "zh_CN"

    def _assert_printed(self, paper, records, *parts):
        text = self._print(paper, records)
        for part in parts:
            self.assertIn(part, text)

    def _suspend(self, contract, **vals):
        contract.with_user(self.user_manager)._suspend("六级大风", **vals)
        return contract.suspension_ids

    def test_works_are_stopped_by_a_notice(self):
        contract = self._create_works_contract()
        row = self._suspend(contract, pauses_limits=True)
        parts = ("停工通知单", f"{contract.name}-1", "六级大风", "工单时限暂停计算", self.contractor.name)
        self._assert_printed("suspension_notice", row, *parts)
        self.assertEqual(row.with_user(self.user_manager).action_print_stop()["type"], "ir.actions.report")

    def test_a_service_rests_and_is_not_stopped_at_a_site(self):
        row = self._suspend(self._create_active_contract(), pauses_fee=True)
        self._assert_printed("suspension_notice", row, "中止履行通知单", "期间费用不予支付")

    def test_work_goes_on_by_a_notice_of_its_own(self):
        contract = self._create_works_contract()
        row = self._suspend(contract)
        self._assert_refused("resumption_notice", row, "work has not been resumed|尚未恢复作业")
        contract.with_user(self.user_manager2).action_resume()
        self._assert_printed("resumption_notice", row, "复工通知单", "重新进行安全交底")

    def test_what_a_contractor_takes_over_is_written_down(self):
        contract = self._create_active_contract()
        parts = ("进场交接单", "钥匙、门禁卡、系统账号及密码", "移交方：甲方（签字、盖章）")
        self._assert_printed("contract_handover", contract, *parts)

    def test_who_leaves_hands_over_to_the_client(self):
        contract = self._create_active_contract()
        contract._gated().write({"state": "terminated"})
        self._assert_printed("contract_handover", contract, "离场交接单", "移交方：乙方（签字、盖章）")

    def test_a_draft_has_no_hand_over(self):
        self._assert_refused(
            "contract_handover", self._create_contract(), "the contract is not in force|合同尚未生效"
        )

    def test_works_have_a_warranty_certificate(self):
        contract = self._create_works_contract()
        self._assert_printed("contract_warranty", contract, "工程质量保修书", "自竣工验收合格之日起计算。")
        today = fields.Date.today()
        for row in contract.milestone_ids:
            self._accept_row(row, row.amount, today - timedelta(days=1), contract)
        self.assertTrue(contract.date_handed_over)
        self._assert_printed("contract_warranty", contract, f"{contract.date_handed_over.year}年")

    def test_services_have_none(self):
        self._assert_refused(
            "contract_warranty", self._create_active_contract(), "only works have|只有工程类合同才有保修书"
        )

    def test_the_contract_says_where_it_is_signed(self):
        self.company.city = "广州市"
        contract = self._create_contract()
        self.assertEqual(contract.signing_place, "广州市")
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        name = "property_outsourcing.report_outsourcing_contract_document"
        html = report._render_qweb_html(name, contract.ids)[0].decode()
        self.assertIn("签订地点：", html)
        self.assertIn("广州市", html)
