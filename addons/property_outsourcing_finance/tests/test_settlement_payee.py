from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementPayee(SettlementCommon):
    """A settlement is paid on the account the contractor had when it was drawn up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["res.partner.bank"].create(
            {"partner_id": cls.contractor.id, "acc_number": "6222 0001"}
        )
        cls.contract = cls._create_service(months=2)

    def _change_account(self):
        change = self.env["outsourcing.payee.change"].with_user(self.user_supervisor)
        change = change.create(
            {
                "partner_id": self.contractor.id,
                "acc_number": "6222 9999",
                "bank_name": "CCB",
                "reason": "Moved",
            }
        )
        change._add_evidence([("proof.pdf", make_pdf("proof"))])
        change.action_request()
        change.with_user(self.user_finance2).action_check()
        change.with_user(self.user_manager2).action_approve()
        return change.sudo().account_id

    def _bill(self, settlement):
        self._approve(settlement)
        settlement.with_user(self.user_finance2).action_create_bill()
        return settlement.bill_id

    def test_change_holds_for_settlements_drawn_up_afterwards(self):
        before = self._settle(self.contract.milestone_ids[0])
        account = self._change_account()
        after = self._settle(self.contract.milestone_ids[1])
        self.assertEqual((before.payee_account_id, after.payee_account_id), (self.account, account))
        bills = self._bill(before) | self._bill(after)
        self.assertEqual(bills.mapped("partner_bank_id.acc_number"), ["6222 0001", "6222 9999"])
        for settlement, number in ((before, "6222 0001"), (after, "6222 9999")):
            self.assertEqual(settlement._get_party("contractor")["account"], number)

    def test_lines_taken_over_again_take_over_the_account(self):
        settlement = self._settle(self.contract.milestone_ids[0])
        account = self._change_account()
        settlement.with_user(self.user_supervisor).action_generate_lines()
        self.assertEqual(settlement.payee_account_id, account)

    def test_account_of_the_bill_is_not_changed_and_the_payment_goes_there(self):
        bill = self._bill(self._settle(self.contract.milestone_ids[0]))
        other = (
            self.env["res.partner.bank"].sudo().create({"partner_id": self.contractor.id, "acc_number": "5"})
        )
        with self.assertRaisesRegex(UserError, "comes from the settlement .* Recipient Bank"):
            bill.with_user(self.user_finance2).write({"partner_bank_id": other.id})
        bill.action_post()
        wizard = self.env["account.payment.register"]
        wizard = wizard.with_context(active_model="account.move", active_ids=bill.ids).create({})
        self.assertEqual(wizard.partner_bank_id, self.account)
        wizard.partner_bank_id = other
        with self.assertRaisesRegex(UserError, "not the account the settlement names"):
            wizard._create_payments()

    def test_statement_names_the_account_it_is_paid_on(self):
        settlement = self._settle(self.contract.milestone_ids[0])
        self._approve(settlement)
        self._change_account()
        report = "property_outsourcing_finance.outsourcing_settlement_report"
        html = self.env["ir.actions.report"]._render_qweb_html(report, settlement.ids)[0].decode()
        self.assertIn("6222 0001", html)
        self.assertNotIn("6222 9999", html)
