from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementLines(SettlementCommon):
    def test_one_settlement_per_contract(self):
        first, second = self._create_service(months=2), self._create_service(months=1)
        rows = first.milestone_ids[:2] | second.milestone_ids[0]
        settlements = self._settle(rows)
        self.assertEqual(len(settlements), 2)
        self.assertEqual(sorted(settlements.mapped("amount_payable")), [12000.0, 24000.0])

    def test_nothing_accepted_is_one_clear_message(self):
        contract = self._create_service(months=0)
        with self.assertRaisesRegex(UserError, "accepted and not yet settled"):
            self._settle(contract.milestone_ids)

    def test_blockers_of_all_contracts_are_listed_at_once(self):
        contracts = self._create_service() | self._create_service()
        path = "odoo.addons.property_outsourcing.models.performance.contract_performance"
        with patch(
            f"{path}.OutsourcingContract._get_settlement_blockers", lambda self, rows: [f"no {self.name}"]
        ):
            with self.assertRefused(
                "WB-2026-0001 Elevator maintenance: no WB-2026-0001\nWB-2026-0002"
            ) as caught:
                self._settle(contracts.milestone_ids.filtered("amount_accepted"))
        for contract in contracts:
            self.assertIn(f"no {contract.name}", str(caught.exception))

    def test_a_sibling_may_append_lines(self):
        contract = self._create_service()
        original = type(contract)._prepare_settlement_lines

        def with_material(self, milestones):
            extra = {"key": "stock:1", "kind": "deduction", "name": "Owner's material", "price_unit": -100.0}
            return [*original(self, milestones), extra]

        self.patch(type(contract), "_prepare_settlement_lines", with_material)
        settlement = self._settle(contract.milestone_ids[0])
        self.assertEqual(settlement.amount_payable, 11900.0)
        self.assertEqual(self._bill(settlement).amount_total, 11900.0)

    def test_bill_hooks_extend_the_bill(self):
        contract = self._create_service()
        settlement = self._settle(contract.milestone_ids[0])
        original = type(settlement)._prepare_bill_vals
        self.patch(
            type(settlement),
            "_prepare_bill_vals",
            lambda self, one: {**original(self, one), "payment_reference": f"PAY {one.name}"},
        )
        self.assertEqual(self._bill(settlement).payment_reference, f"PAY {settlement.name}")

    def test_lines_are_a_snapshot(self):
        contract = self._create_service()
        adjustment = self._deduct(contract)
        settlement = self._settle(contract.milestone_ids[0])
        formula = settlement.line_ids[1].formula
        self.assertIn("12,000.00 × 5%", formula)
        adjustment._gated().write({"amount": 1.0})
        self.assertEqual(settlement.line_ids[1].amount, -600.0)

    def test_draft_takes_over_again_what_is_accepted_by_now(self):
        contract = self._create_service()
        settlement = self._settle(contract.milestone_ids[0])
        self._deduct(contract)
        settlement.with_user(self.user_supervisor).action_generate_lines()
        self.assertEqual(settlement.amount_payable, 11400.0)

    def test_open_appeal_stops_the_settlement(self):
        contract = self._create_service()
        adjustment = self._deduct(contract)
        settlement = self._settle(contract.milestone_ids[0])
        settlement.with_user(self.user_supervisor).action_submit()
        settlement.with_user(self.user_manager).action_check()
        adjustment._gated().write({"state": "waived"})
        with self.assertRaisesRegex(UserError, adjustment.name):
            settlement.with_user(self.user_finance).action_approve()

    def test_waiting_settlement_is_taken_into_account(self):
        contract = self._create_service()
        milestone = contract.milestone_ids[0]
        self._settle(milestone)
        self.assertRecordValues(milestone, [{"amount_in_settlement": 12000.0, "amount_to_settle": 0.0}])
        with self.assertRefused("Nothing here is accepted and not yet settled."):
            self._settle(milestone)
        empty = (
            self.env["outsourcing.settlement"]
            .with_user(self.user_supervisor)
            .create({"contract_id": contract.id, "milestone_ids": milestone.ids})
        )
        self.assertFalse(empty.line_ids)
        with self.assertRefused("nothing accepted and not yet settled is chosen."):
            empty.action_submit()

    def test_milestones_of_another_contract_are_refused(self):
        one, other = self._create_service(), self._create_service()
        settlement = self._settle(one.milestone_ids[0])
        with self.assertRefused("A settlement takes milestones of its own contract only."):
            settlement.milestone_ids |= other.milestone_ids[0]

    def test_contract_with_unbilled_amounts_is_not_closed(self):
        contract = self._create_service()
        contract.with_user(self.user_manager).action_complete()
        with self.assertRaisesRegex(UserError, "not billed yet"):
            contract.with_user(self.user_manager).action_close()

    def test_clicks_lead_back_to_the_fact(self):
        contract = self._create_service()
        self._deduct(contract)
        bill = self._bill(self._settle(contract.milestone_ids[0]))
        bill_line = bill.invoice_line_ids[1]
        action = bill_line.action_open_outsourcing_settlement_line()
        line = self.env[action["res_model"]].browse(action["res_id"])
        source = line.with_user(self.user_finance).action_open_source()
        self.assertEqual(
            (source["res_model"], source["res_id"]),
            (contract.milestone_ids._name, contract.milestone_ids[0].id),
        )
        self.assertEqual(bill.action_view_outsourcing_contract()["res_id"], contract.id)
        self.assertEqual(bill.action_view_outsourcing_settlement()["res_id"], line.settlement_id.id)
        self.assertEqual(contract.milestone_ids[0].action_open_bill()["res_id"], bill.id)
        self.assertEqual(line.adjustment_id.action_view_settlement()["res_id"], line.settlement_id.id)
