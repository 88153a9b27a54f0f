from odoo.tests import Form, tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementViews(SettlementCommon):
    def test_form_creates_a_settlement_of_chosen_rows(self):
        contract = self._create_service(months=2)
        with Form(self.env["outsourcing.settlement"].with_user(self.user_supervisor)) as form:
            form.contract_id = contract
            form.milestone_ids.add(contract.milestone_ids[0])
        settlement = form.record
        self.assertRecordValues(settlement, [{"amount_payable": 12000.0, "kind": "period", "state": "draft"}])
        self.assertRegex(settlement.name, r"^JS-\d{4}-\d{5}$")
        with Form(settlement) as form:
            form.milestone_ids.add(contract.milestone_ids[1])
        self.assertEqual(settlement.amount_payable, 24000.0)

    def test_list_to_settle_shows_accepted_rows_only(self):
        contract = self._create_service(months=2)
        Milestone = self.env["outsourcing.contract.milestone"].with_user(self.user_finance)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_finance.outsourcing_contract_milestone_action_to_settle"
        )
        self.assertEqual(action["domain"], "[('amount_to_settle', '>', 0)]")
        rows = Milestone.search([("amount_to_settle", ">", 0), ("contract_id", "=", contract.id)])
        self.assertEqual(rows, contract.milestone_ids[:2])
        opened = rows.action_create_settlements()
        self.assertEqual(opened["res_model"], "outsourcing.settlement")
        self.assertFalse(Milestone.search([("amount_to_settle", ">", 0), ("contract_id", "=", contract.id)]))

    def test_contract_and_order_show_their_settlements(self):
        contract = self._create_service()
        settlement = self._settle(contract.milestone_ids[0])
        self.assertEqual(contract.with_user(self.user_finance).settlement_count, 1)
        self.assertEqual(
            contract.purchase_order_id.with_user(self.user_finance).outsourcing_settlement_count, 1
        )
        domain = contract.purchase_order_id.action_view_outsourcing_settlements()["domain"]
        self.assertEqual(self.env["outsourcing.settlement"].search(domain), settlement)
        self.assertEqual(contract.milestone_ids[0].action_view_settlements()["res_id"], settlement.id)

    def test_manager_opens_a_posted_bill_without_its_payments(self):
        bill = self._bill(self._settle(self._create_service().milestone_ids[0]))
        bill.action_post()
        self.env.invalidate_all()
        form = Form(bill.with_user(self.user_manager))
        self.assertEqual(form.record.state, "posted")
        arch = bill.with_user(self.user_manager).get_view(False, "form")["arch"]
        self.assertNotIn('name="open_payments"', arch)

    def test_labels_are_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        Settlement = self.env["outsourcing.settlement"].with_context(lang="zh_CN")
        self.assertEqual(
            Settlement.fields_get(["retention_basis"])["retention_basis"]["string"], "质保金计算基数"
        )
        self.assertEqual(
            dict(Settlement._fields["state"]._description_selection(Settlement.env))["checked"], "待审批"
        )
