from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OutsourcingCommon

STATES = ("draft", "to_approve", "active", "suspended", "completed", "closed", "terminated", "cancelled")


@tagged("post_install", "-at_install")
class TestContractWorkflow(OutsourcingCommon):
    def test_contract_numbers_are_drawn_with_the_approval(self):
        refused, first, second = (self._create_contract() for _index in range(3))
        self.assertEqual((refused.name, refused.display_name), (False, refused.title))
        refused.with_user(self.user_supervisor).action_cancel()
        numbers = [self._activate(contract).name for contract in (first, second)]
        self.assertTrue(numbers[0].startswith("WB-"))
        self.assertEqual(int(numbers[1][-4:]), int(numbers[0][-4:]) + 1)

    def test_a_contract_is_numbered_by_its_own_company(self):
        other = self.env["res.company"].create({"name": "Harbour Property"})
        for company, prefix in ((self.company, "SUN-"), (other, "HARBOUR-")):
            self.env["ir.sequence"].create(
                {"name": prefix, "code": "outsourcing.contract", "prefix": prefix, "company_id": company.id}
            )
        self.user_manager2.company_ids |= other
        contract = self._create_contract()
        self._create_required_documents(contract=contract)
        contract.with_user(self.user_manager).action_submit()
        approver = contract.with_user(self.user_manager2)
        approver.with_context(allowed_company_ids=(other | self.company).ids).action_approve()
        self.assertEqual(contract.name, "SUN-1")

    def test_a_file_number_of_ones_own_stays(self):
        contract = self._create_contract(name="HT-77")
        self.assertEqual(self._activate(contract).name, "HT-77")
        self.assertIn("HT-77", contract.milestone_ids[0].display_name)

    def test_contract_of_a_suspended_or_blacklisted_firm_says_so(self):
        contract = self._create_active_contract().with_user(self.user_supervisor)
        self.assertFalse(contract.contractor_alert)
        manager = self.contractor.with_user(self.user_manager)
        for state, word in (("suspended", "Suspended"), ("blacklisted", "Blacklisted")):
            manager._set_outsourcing_state(state, "Left a shaft open")
            self.assertEqual(contract.contractor_alert, f"Steady Elevators is {word}: Left a shaft open")

    def test_service_type_fills_terms(self):
        contract = self._create_contract()
        self.assertEqual((contract.kind, contract.tax_rate), ("service", 6.0))
        self.assertIn("TSG T5002-2017", contract.standard_ids.mapped("code"))
        self.assertEqual(len(contract.rule_ids), len(contract.service_type_id.rule_ids))
        self.assertEqual(
            contract.required_document_type_ids, contract.service_type_id.required_document_type_ids
        )

    def test_author_cannot_approve(self):
        contract = self._create_contract()
        self._create_required_documents(contract=contract)
        contract.with_user(self.user_manager).action_submit()
        with self.assertRaisesRegex(UserError, "another person"):
            contract.with_user(self.user_manager).action_approve()
        self.assertEqual(contract.state, "to_approve")

    def test_supervisor_cannot_approve(self):
        contract = self._create_contract()
        self._create_required_documents(contract=contract)
        contract.with_user(self.user_manager).action_submit()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            contract.with_user(self.user_supervisor).action_approve()

    def test_activation_is_refused_without_documents_and_names_them(self):
        contract = self._create_contract()
        self._file_letter(contract)
        contract.with_user(self.user_manager).action_submit()
        with self.assertRaisesRegex(UserError, "Safety responsibility letter"):
            contract.with_user(self.user_manager2).action_approve()
        self.assertFalse(contract.purchase_order_id)

    def test_activation_is_refused_for_a_suspended_contractor(self):
        contract = self._create_contract()
        self._create_required_documents(contract=contract)
        contract.with_user(self.user_manager).action_submit()
        self.contractor.with_user(self.user_manager)._set_outsourcing_state("suspended", "Unsafe work")
        with self.assertRefused("is Suspended: Unsafe work"):
            contract.with_user(self.user_manager2).action_approve()

    def test_activation_creates_order_project_and_deliverables(self):
        contract = self._create_active_contract()
        order = contract.purchase_order_id
        self.assertEqual((order.state, order.amount_total), ("purchase", 144000.0))
        self.assertEqual(order.order_line.mapped("price_total"), [12000.0] * 12)
        self.assertEqual(contract.project_id.privacy_visibility, "followers")
        self.assertEqual(contract.project_id.account_id, self.community.analytic_account_id)
        reports = contract.deliverable_ids.filtered(lambda item: item.name == "Monthly test report")
        self.assertEqual(len(reports), 12)
        self.assertEqual(reports[0].date_due, date(2026, 2, 5))

    def test_two_step_purchase_approval_does_not_stop_the_contract(self):
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 100})
        contract = self._create_active_contract()
        self.assertEqual(contract.purchase_order_id.state, "purchase")

    def test_every_transition_outside_the_table_is_refused(self):
        contract = self._create_contract()
        table = contract._get_transitions()
        for state in STATES:
            contract._gated().write({"state": state})
            for target in STATES:
                if state not in table[target]:
                    with self.assertRefused("and cannot become", msg=f"{state} -> {target}"):
                        contract.with_user(self.user_manager2)._transition_to(target)

    def test_state_is_not_written_by_a_client(self):
        contract = self._create_contract()
        with self.assertRefused("The state changes only through the buttons of the workflow."):
            contract.with_user(self.user_manager).write({"state": "active"})

    def test_state_is_not_set_by_a_default_in_the_context(self):
        contracts = self.env["outsourcing.contract"].with_user(self.user_manager)
        with self.assertRefused("always starts at its first state."):
            contracts.with_context(default_state="active").create(
                self._prepare_contract("service_type_elevator")
            )

    def test_gate_cannot_be_opened_by_a_client_context(self):
        contract = self._create_contract().with_user(self.user_manager)
        for forged in (True, "gate", 1, {}, []):
            with self.assertRefused("The state changes only through the buttons of the workflow."):
                contract.with_context(outsourcing_workflow_gate=forged).write({"state": "active"})

    def test_terms_are_frozen_after_submission(self):
        contract = self._create_active_contract().with_user(self.user_manager)
        for vals in (
            {"amount_total": 1.0},
            {"date_end": date(2027, 1, 1)},
            {"contractor_id": self.competitor.id},
        ):
            with self.assertRefused("can no longer be changed."):
                contract.write(vals)
        with self.assertRefused("its lines can no longer be changed."):
            contract.write({"rule_ids": [Command.update(contract.rule_ids[0].id, {"rate": 1.0})]})
        with self.assertRefused("its lines can no longer be changed."):
            contract.milestone_ids[0].unlink()

    def test_active_contract_is_not_deleted_even_with_a_forced_unlink(self):
        contract = self._create_active_contract().with_user(self.user_manager)
        with self.assertRefused("and can no longer be deleted."):
            contract.with_context(_force_unlink=True).unlink()

    def test_termination_needs_a_reason(self):
        contract = self._create_active_contract().with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "reason"):
            contract.action_terminate()
        contract.end_reason = "Licence lapsed"
        contract.action_terminate()
        self.assertEqual(contract.state, "terminated")

    def test_copy_starts_as_a_draft_with_a_new_number(self):
        contract = self._create_active_contract()
        twin = contract.copy()
        self.assertEqual(twin.state, "draft")
        self.assertNotEqual(twin.name, contract.name)
        self.assertFalse(twin.purchase_order_id)
        self.assertFalse(any(twin.milestone_ids.mapped("amount_accepted")))

    def test_nobody_types_an_acceptance_into_a_draft(self):
        contract = self._create_contract().with_user(self.user_supervisor)
        row = contract.milestone_ids[0]
        with self.assertRefused("These values are written by the system alone"):
            row.write({"amount_accepted": 12000.0})
        line = {"name": "M", "kind": "milestone", "amount": 1.0, "amount_accepted": 1.0}
        with self.assertRefused("These values are written by the system alone"):
            contract.write({"milestone_ids": [Command.create(line)]})
        with self.assertRefused("These values are written by the system alone"):
            contract.with_context(default_amount_accepted=1.0).write(
                {"milestone_ids": [Command.create({"name": "M", "amount": 1.0})]}
            )
        with self.assertRefused("These values are written by the system alone"):
            contract.rule_ids[0].write({"amount_confirmed": -1e9})

    def test_nobody_plants_an_order_or_an_approver(self):
        other = self._create_active_contract().purchase_order_id
        contracts = self.env["outsourcing.contract"].with_user(self.user_supervisor)
        vals = self._prepare_contract("service_type_elevator")
        for planted in ({"purchase_order_id": other.id}, {"approved_by_id": self.user_manager.id}):
            with self.assertRefused("These values are written by the system alone"):
                contracts.create({**vals, **planted})
            with self.assertRefused("These values are written by the system alone"):
                contracts.with_context(**{f"default_{k}": v for k, v in planted.items()}).create(vals)

    def test_defaults_of_a_client_do_not_reach_what_the_system_creates(self):
        planted = {
            "approved_by_id": self.user_manager.id,
            "penalty_confirmed": -1e9,
            "date_approved": "2026-01-01",
        }
        context = {f"default_{name}": value for name, value in planted.items()}
        # core drops them where sudo begins, not where it is on already
        contracts = self.env["outsourcing.contract"].with_user(self.user_supervisor).sudo()
        vals = self._prepare_contract("service_type_elevator")
        contract = contracts.with_context(**context).create(vals)
        self.assertFalse(any(contract[name] for name in planted))

    def test_defaults_of_a_client_do_not_reach_what_the_gate_creates(self):
        contract = self._create_active_contract().with_user(self.user_supervisor).sudo()
        context = {"default_is_acknowledged": True, "default_confirmed_by_id": self.user_supervisor.id}
        penalty = contract.with_context(**context)._propose_adjustment(
            "inspection_missed", self.community, date=date(2026, 1, 5)
        )
        self.assertEqual(penalty.state, "proposed")
        self.assertFalse(penalty.is_acknowledged or penalty.confirmed_by_id)

    def test_deliverables_are_terms_and_accepted_by_another_person(self):
        item = self._create_active_contract().deliverable_ids[0].with_user(self.user_supervisor)
        for vals in ({"blocks_payment": False}, {"date_due": date(2099, 1, 1)}):
            with self.assertRefused("You are not the person who may take this step; ask", AccessError):
                item.write(vals)
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            item.with_context(_force_unlink=True).unlink()
        files = self.env["ir.attachment"].with_user(self.user_supervisor)
        file = files.create({"name": "report.pdf", "raw": b"%PDF-1.4 report"})
        item.attachment_ids = [Command.link(file.id)]
        item.action_submit()
        with self.assertRaisesRegex(UserError, "another person"):
            item.action_accept()
