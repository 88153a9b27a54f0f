from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestContractProgress(SettlementCommon):
    """Accepted, billed and paid of a contract; its file closes only when everything is settled."""

    def test_paid_follows_the_bill(self):
        contract = self._create_service(months=2)
        self.assertEqual((contract.amount_paid, contract.paid_progress), (0.0, 0))
        bill = self._bill(self._settle(contract.milestone_ids[0]))
        bill.action_post()
        self._pay(bill)
        contract.invalidate_recordset()
        self.assertEqual(contract.amount_paid, 12000.0)
        self.assertEqual((contract.accepted_progress, contract.billed_progress), (17, 8))
        self.assertEqual(contract.paid_progress, 8)

    def test_terminated_contract_still_pays_what_was_accepted(self):
        contract = self._create_service(months=1)
        reason = self.env.ref("property_outsourcing.termination_reason_mutual")
        contract.with_user(self.user_manager)._terminate(reason, "By agreement")
        self.assertEqual(contract.purchase_order_id.amount_total, 12000.0)
        bill = self._bill(self._settle(contract.milestone_ids[0]))
        self.assertEqual(bill.amount_total, 12000.0)

    def test_file_is_not_closed_while_a_settlement_is_on_its_way(self):
        contract = self._create_service(months=1)
        contract.with_user(self.user_manager).action_complete()
        self._settle(contract.milestone_ids[0])
        with self.assertRaisesRegex(UserError, "on their way|not billed yet"):
            contract.with_user(self.user_manager).action_close()

    def test_file_is_not_closed_while_a_bill_is_in_draft(self):
        contract = self._create_service(months=1)
        contract.with_user(self.user_manager).action_complete()
        self._bill(self._settle(contract.milestone_ids[0]))
        with self.assertRaisesRegex(UserError, "on their way"):
            contract.with_user(self.user_manager).action_close()

    def test_paid_costs_the_same_for_one_and_for_many(self):
        contracts = self._create_service()
        for _index in range(4):
            contracts |= self._create_service()
        for contract in contracts:
            self._bill(self._settle(contract.milestone_ids[0]))
        counts = []
        for records in (contracts[:1], contracts[:1], contracts):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            records.with_user(self.user_manager).read(["amount_paid", "paid_progress"])
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[1], counts[2])
