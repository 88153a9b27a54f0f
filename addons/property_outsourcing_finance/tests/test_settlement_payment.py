from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementPayment(SettlementCommon):
    def test_payment_shows_on_settlement_and_milestone(self):
        contract = self._create_service()
        milestone = contract.milestone_ids[0]
        self._deduct(contract)
        settlement = self._settle(milestone)
        self.assertEqual(settlement.payment_state, "none")
        bill = self._bill(settlement)
        self.assertEqual(settlement.payment_state, "draft")
        bill.action_post()
        self.assertRecordValues(settlement, [{"payment_state": "not_paid", "amount_residual": 11400.0}])
        self._pay(bill, 5700.0)
        self.assertEqual(settlement.payment_state, "partial")
        self.assertEqual(milestone.amount_paid, 5700.0)
        self._pay(bill)
        self.assertRecordValues(settlement, [{"payment_state": "paid", "amount_residual": 0.0}])
        self.assertEqual(milestone.amount_paid, 11400.0)
        self.assertLessEqual(milestone.amount_paid, milestone.amount_billed)
        bill.line_ids.remove_move_reconcile()
        self.assertRecordValues(settlement, [{"payment_state": "not_paid", "amount_residual": 11400.0}])
        self.assertEqual(milestone.amount_paid, 0.0)

    @freeze_time("2026-06-01")
    def test_overdue_is_found(self):
        contract = self._create_service()
        settlement = self._settle(contract.milestone_ids[0])
        bill = self._bill(settlement)
        bill.write({"invoice_date": date(2026, 2, 1), "invoice_payment_term_id": self.pay_terms_a.id})
        bill.action_post()
        Settlement = self.env["outsourcing.settlement"]
        self.assertTrue(settlement.is_overdue)
        self.assertIn(settlement.id, Settlement.search([("is_overdue", "=", True)]).ids)
        self._pay(bill)
        self.assertFalse(settlement.is_overdue)
        self.assertNotIn(settlement.id, Settlement.search([("is_overdue", "=", True)]).ids)
        self.assertIn(settlement.id, Settlement.search([("is_overdue", "!=", True)]).ids)

    def test_retention_is_listed_open_and_reconciled_when_paid_back(self):
        contract = self._create_works()
        bill = self._bill(self._settle(contract.milestone_ids[0]))
        bill.action_post()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_finance.outsourcing_retention_action"
        )
        Item = self.env["account.move.line"].with_user(self.user_finance)
        item = Item.search([("move_id", "=", bill.id), ("outsourcing_settlement_kind", "=", "retention")])
        self.assertIn(item, Item.search(safe_eval(action["domain"])))
        self.assertEqual(item.outsourcing_contract_id, contract)
        release = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": bill.invoice_date,
                "line_ids": [
                    Command.create(
                        {"account_id": item.account_id.id, "partner_id": item.partner_id.id, "debit": 1800.0}
                    ),
                    Command.create(
                        {
                            "account_id": self.company_data["default_journal_bank"].default_account_id.id,
                            "credit": 1800.0,
                        }
                    ),
                ],
            }
        )
        release.action_post()
        (item.with_env(self.env) | release.line_ids[0]).reconcile()
        self.assertTrue(item.reconciled)
        self.assertEqual(item.outsourcing_retention_open, 0.0)
