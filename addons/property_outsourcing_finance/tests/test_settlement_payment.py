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

    # ---- whether we paid in time ------------------------------------------------------------------------

    def _told(self, settlement):
        facts = settlement.contract_id.fact_ids.filtered(
            lambda f: f.res_model == settlement._name and f.active
        )
        return {fact.fact_type: fact.value for fact in facts}

    def _post_due(self, day):
        settlement = self._settle(self._create_service().milestone_ids[0])
        bill = self._bill(settlement)
        bill.write({"invoice_payment_term_id": False, "invoice_date_due": day})
        bill.action_post()
        return settlement, bill

    @freeze_time("2026-06-11")
    def test_a_bill_paid_after_its_day_tells_by_how_many_days_we_were_late(self):
        settlement, bill = self._post_due(date(2026, 6, 1))
        self._pay(bill, 100.0)
        self.assertFalse(self._told(settlement), "not before it is paid in full")
        self._pay(bill)
        self.assertEqual(self._told(settlement), {"payment_made": 1.0, "payment_late": 10.0})
        types = self.env["outsourcing.fact"]._get_fact_types()
        self.assertFalse(types["payment_late"].is_breach)

    @freeze_time("2026-06-11")
    def test_a_bill_paid_by_its_day_tells_no_delay(self):
        settlement, bill = self._post_due(date(2026, 6, 11))
        self._pay(bill)
        self.assertEqual(self._told(settlement), {"payment_made": 1.0})

    @freeze_time("2026-06-11")
    def test_a_payment_undone_and_made_later_is_measured_anew(self):
        settlement, bill = self._post_due(date(2026, 6, 11))
        returned = self._pay(bill)
        returned.action_draft()
        returned.action_cancel()
        with freeze_time("2026-06-14"):
            self._pay(bill)
        settlement.contract_id.invalidate_recordset(["fact_ids"])
        self.assertEqual(self._told(settlement), {"payment_made": 1.0, "payment_late": 3.0})

    @freeze_time("2026-06-11")
    def test_thirty_paid_bills_cost_the_queries_of_one(self):
        rows = [contract.milestone_ids[0] for contract in self._create_active_contracts(22)]
        for row in rows:
            self._accept(row, day=row.date_end)
        settlements = self._settle(rows[0].union(*rows[1:]))
        bills = self._bill(settlements)
        bills.write({"invoice_payment_term_id": False, "invoice_date_due": date(2026, 6, 1)})
        bills.action_post()
        for bill in bills:
            self._pay(bill)
        facts = self.env["outsourcing.fact"].search([("res_model", "=", settlements._name)])
        facts._void("Measured anew")
        counts = []
        for group in (bills[:1], bills[1:2], bills[2:]):  # the first one warms up
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            group.sudo()._record_outsourcing_payment()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[1], counts[2])
