from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models.workflow.gate import open_gate
from .documents_common import ManyContractsCommon, ManyWorksCommon, Step


@tagged("post_install", "-at_install")
class TestManyContracts(ManyContractsCommon):
    """Running contracts rest, go on and end, thirty for the price of one."""

    def test_contracts_rest_and_go_on_for_the_price_of_one(self):
        self._take_steps(
            self.contracts,
            Step("outsourcing.contract.action_suspend", self.user_manager),
            Step("outsourcing.contract._suspend", self.user_manager, ("Site closed",)),
        )
        rests = self.contracts.suspension_ids
        self._take_steps(rests, Step("outsourcing.contract.suspension.action_print_stop", self.user_manager))
        week = {"date_start": fields.Date.today() - timedelta(days=7)}
        week["date_until"] = fields.Date.today() - timedelta(days=1)
        rests._gated().write(week)
        core = self._give_feedback_by_core
        self._take_steps(
            self.contracts,
            Step("outsourcing.contract._process_overdue_suspensions"),
            Step("outsourcing.contract.action_resume", self.user_manager, core=core),
        )
        self._take_steps(
            rests, Step("outsourcing.contract.suspension.action_print_resumption", self.user_manager)
        )
        self.assertTrue(all(rests.mapped("date_resumed")))

    def test_contracts_are_completed_and_closed_for_the_price_of_one(self):
        self._take_steps(
            self.contracts,
            Step("outsourcing.contract.action_print", self.user_manager),
            Step("outsourcing.contract.action_print_handover", self.user_manager),
            Step("outsourcing.contract.action_ask_complete", self.user_manager),
            Step("outsourcing.contract.action_complete", self.user_manager),
            Step("outsourcing.contract.action_close", self.user_manager),
        )
        self.assertEqual(set(self.contracts.mapped("state")), {"closed"})

    def test_contracts_are_terminated_for_the_price_of_one(self):
        self.contracts.write({"end_reason": "Given up"})
        self._take_steps(
            self.contracts,
            Step("outsourcing.contract.action_open_termination", self.user_manager),
            Step("outsourcing.contract.action_terminate", self.user_manager),
        )
        self.assertEqual(set(self.contracts.mapped("state")), {"terminated"})

    def test_ends_of_terms_and_bonds_are_announced_for_the_price_of_one(self):
        for days, contract in enumerate(self.contracts):
            day = fields.Date.add(fields.Date.today(), days=days)
            contract._gated().write({"bond_kind": "guarantee", "bond_date_valid": day})
        self._take_steps(
            self.contracts,
            Step("outsourcing.contract._process_expiring"),
            Step("outsourcing.contract._process_lapsed"),
            Step("outsourcing.contract._process_expiring_bonds"),
        )
        self.assertTrue(all(self.contracts.mapped("bond_date_noticed")))

    def test_lapsed_contracts_are_completed_for_the_price_of_one(self):
        self.company.outsourcing_lapse_action = "complete"
        self._take_steps(self.contracts, Step("outsourcing.contract._process_lapsed"))
        self.assertEqual(set(self.contracts.mapped("state")), {"completed"})

    def test_penalties_go_their_way_for_the_price_of_one(self):
        penalties = self.env["outsourcing.adjustment"]
        for contract in self.contracts:
            proposed = contract._propose_adjustment(
                "inspection_missed", contract.community_id, date=fields.Date.today()
            )
            penalties |= proposed[:1].with_env(self.env)
        self._take_steps(penalties, Step("outsourcing.adjustment._process_undecided"))
        penalties._gated().write({"state": "proposed"})
        self._take_steps(
            penalties,
            Step("outsourcing.adjustment.action_confirm", self.user_manager),
            Step("outsourcing.adjustment.action_print_notice", self.user_manager),
        )
        penalties._gated().write({"state": "appealed", "appeal_date": fields.Datetime.now()})
        self._take_steps(penalties, Step("outsourcing.adjustment.action_uphold", self.user_manager))
        self._take_steps(penalties, Step("outsourcing.adjustment._waive", self.user_manager, ("Paid",)))
        penalties._gated().write({"state": "proposed"})
        self._take_steps(penalties, Step("outsourcing.adjustment.action_waive", self.user_manager))
        penalties._gated().write({"state": "appealed"})
        self._take_steps(penalties, Step("outsourcing.adjustment._process_unanswered_appeals"))
        self.assertNotIn("appealed", penalties.mapped("state"))

    def test_reports_owed_go_their_way_for_the_price_of_one(self):
        day = fields.Date.today() - timedelta(days=1)
        owed = self.env["outsourcing.contract.deliverable"].create(
            [{"name": "Plan", "contract_id": c.id, "date_due": day} for c in self.contracts]
        )
        owed._gated().write({"date_born": day - timedelta(days=30)})
        self._take_steps(
            owed,
            Step("outsourcing.contract.deliverable._process_reminders"),
            Step("outsourcing.contract.deliverable._process_late"),
        )
        for item in owed:
            self._attach_scan(item)
        self._take_steps(owed, Step("outsourcing.contract.deliverable.action_submit", self.user_supervisor))
        owed.write({"review_note": "The annex is missing"})
        self._take_steps(
            owed,
            Step("outsourcing.contract.deliverable.action_return", self.user_supervisor2),
            Step("outsourcing.contract.deliverable.action_submit", self.user_supervisor),
            Step("outsourcing.contract.deliverable.action_accept", self.user_supervisor2),
        )
        self.assertEqual(set(owed.mapped("state")), {"accepted"})

    def test_overrides_are_revoked_for_the_price_of_one(self):
        overrides = self.env["outsourcing.dispatch.override"].with_user(self.user_manager)
        overrides = overrides.create(
            [{"contract_id": contract.id, "reason": "Trapped people"} for contract in self.contracts]
        )
        self._take_steps(overrides, Step("outsourcing.dispatch.override.action_revoke", self.user_manager))
        self.assertTrue(all(overrides.mapped("date_revoked")))

    def test_steps_of_funds_are_ticked_for_the_price_of_one(self):
        gates = open_gate(self.env["outsourcing.contract.fund.gate"]).create(
            [
                {"contract_id": contract.id, "name": "Accounts published", "stage": "completion"}
                for contract in self.contracts
            ]
        )
        self._take_steps(
            gates,
            Step("outsourcing.contract.fund.gate.action_done", self.user_manager),
            Step("outsourcing.contract.fund.gate.action_reopen", self.user_manager),
        )


@tagged("post_install", "-at_install")
class TestManyWorks(ManyWorksCommon):
    def test_warranties_are_printed_for_the_price_of_one(self):
        self._take_steps(
            self.many_works, Step("outsourcing.contract.action_print_warranty", self.user_manager)
        )
