from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .amendment_common import SIGNATURE
from .workflow_common import WorkflowCommon

STATES = ("draft", "to_approve", "to_sign", "signed", "active", "cancelled")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentWorkflow(WorkflowCommon):
    """Who may do what, and what is refused with one sentence and nothing half saved."""

    # ---- numbers and people -----------------------------------------------------------------------------

    def test_amendments_are_numbered_per_contract_with_their_approval(self):
        refused = self._submit_amendment(self.contract, self.new_row)
        refused.with_user(self.user_manager).action_cancel()
        first = self._approve_amendment(self.contract, self.new_row)
        second = self._approve_amendment(self.contract, self.new_row)
        self.assertEqual(
            (refused.name, first.name, second.name),
            (False, f"{self.contract.name}-S01", f"{self.contract.name}-S02"),
        )
        other = self._approve_amendment(self._create_works_contract(), self.new_row)
        self.assertEqual(other.number, 1)

    def test_number_and_author_are_not_sent_by_a_client(self):
        forged = self._draft_amendment(
            self.contract, self.new_row, name="X", number=77, user_id=self.user_manager.id
        )
        self.assertEqual((forged.name, forged.number, forged.user_id), (False, 0, self.user_supervisor))

    def test_returned_amendment_keeps_its_number_and_is_not_deleted(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        amendment.with_user(self.user_manager).return_note = "Once more"
        amendment.with_user(self.user_manager).action_return()
        with self.assertRaisesRegex(UserError, "has its number already: cancel it"):
            amendment.with_user(self.user_supervisor).unlink()
        amendment.with_user(self.user_supervisor).action_submit()
        amendment.with_user(self.user_manager).action_approve()
        self.assertEqual(amendment.number, 1)

    def test_who_draws_up_does_not_approve(self):
        amendment = self._draft_amendment(self.contract, self.new_row, user=self.user_manager)
        amendment.with_user(self.user_manager2).action_submit()
        for user in (self.user_manager, self.user_manager2):
            with self.assertRaisesRegex(UserError, "another person"):
                amendment.with_user(user).action_approve()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            amendment.with_user(self.user_supervisor2).action_approve()
        self.assertEqual(amendment.state, "to_approve")

    def test_contractor_neither_approves_nor_submits(self):
        amendment = self._submit_amendment(self.contract, self.new_row)
        for step in ("action_approve", "action_submit", "action_return", "action_cancel", "action_activate"):
            with self.assertRaises(AccessError, msg=step):  # core's own
                getattr(amendment.with_user(self.portal_contractor), step)()
        amendment.with_user(self.user_manager).action_approve()
        for step in ("action_approve", "action_return", "action_cancel"):
            with self.assertRefused("You are not the person who may take this step.", AccessError, msg=step):
                getattr(amendment.with_user(self.portal_contractor), step)()
        with self.assertRaisesRegex(UserError, "not signed"):
            amendment.with_user(self.portal_contractor).action_activate()

    def test_large_change_needs_two_managers(self):
        self.company.outsourcing_amendment_second_amount = 400.0
        amendment = self._submit_amendment(self.contract, self.new_row)
        amendment.with_user(self.user_manager).action_approve()
        self.assertEqual((amendment.state, amendment.first_approved_by_id), ("to_approve", self.user_manager))
        with self.assertRaisesRegex(UserError, "another person"):
            amendment.with_user(self.user_manager).action_approve()
        amendment.with_user(self.user_manager2).action_approve()
        self.assertEqual((amendment.state, amendment.approved_by_id), ("to_sign", self.user_manager2))

    def test_limit_of_a_second_manager_is_in_the_company_currency(self):
        self.company.outsourcing_amendment_second_amount = 400.0
        amendment = self._draft_amendment(self.contract, self.new_row)
        self.assertTrue(amendment.needs_second_approval)
        self._price_foreign(amendment, 2.0)
        self.assertFalse(amendment.needs_second_approval, "500 of the contract are 250 of the company")

    def test_form_opens_before_the_contract_is_chosen(self):
        for model in ("outsourcing.contract.amendment", "outsourcing.variation"):
            form = Form(self.env[model].with_user(self.user_supervisor))
            self.assertFalse(form.needs_second_approval, model)

    def test_every_transition_outside_the_table_is_refused(self):
        amendment = self._draft_amendment(self.contract, self.new_row)
        table = amendment._get_transitions()
        for state in STATES:
            amendment._gated().write({"state": state})
            for target in STATES:
                if state not in table.get(target, ()):
                    with self.assertRefused("and cannot become", msg=f"{state} -> {target}"):
                        amendment.with_user(self.user_manager2)._transition_to(target)

    # ---- cheats -----------------------------------------------------------------------------------------

    def test_state_and_stamps_are_not_written_by_a_client(self):
        amendment = self._approve_amendment(self.contract, self.new_row).with_user(self.user_manager)
        for vals in (
            {"state": "active"},
            {"date_signed": fields.Datetime.now()},
            {"signer_name": "Chen", "signature": SIGNATURE},
            {"approved_by_id": self.user_manager2.id},
            {"amount_after": 1.0},
            {"amount_delta": 1.0},
            {"title": "Other"},
            {"line_ids": [Command.create({"kind": "row_new", "name": "More", "amount": 1.0})]},
        ):
            with self.assertRaises(UserError, msg=str(vals)):  # each for a reason of its own
                amendment.write(vals)
        for record in (amendment.line_ids, amendment.effect_ids):
            with self.assertRaises(UserError):  # core's own or ours
                record.write({"sequence": 99} if record == amendment.effect_ids else {"amount": 1e9})
        with self.assertRefused("its lines can no longer be changed"):
            amendment.effect_ids.sudo().with_context(_force_unlink=True).unlink()
        with self.assertRefused("and can no longer be deleted."):
            amendment.with_context(_force_unlink=True).unlink()

    def test_nothing_is_planted_at_creation(self):
        amendments = self.env["outsourcing.contract.amendment"].with_user(self.user_supervisor)
        base = {"title": "T", "contract_id": self.contract.id, "date_effective": date(2026, 6, 10)}
        for planted in (
            {"state": "to_sign"},
            {"date_signed": fields.Datetime.now()},
            {"approved_by_id": self.user_manager.id},
            {"signer_name": "Chen"},
        ):
            with self.assertRaises(UserError, msg=str(planted)):  # each for a reason of its own
                amendments.create({**base, **planted})
            with self.assertRaises(UserError, msg=str(planted)):  # each for a reason of its own
                amendments.with_context(**{f"default_{k}": v for k, v in planted.items()}).create(base)

    def test_contract_terms_still_change_by_amendment_only(self):
        self._amend(self.contract, self.new_row)
        manager = self.contract.with_user(self.user_manager)
        with self.assertRefused("can no longer be changed."):
            manager.amount_total = 1.0
        with self.assertRefused("its lines can no longer be changed."):
            manager.milestone_ids[0].active = False
        with self.assertRefused("A line of a contract's order follows the contract"):
            manager.purchase_order_id.order_line[0].product_qty = 1.0

    def test_portal_reads_its_own_from_the_signature_on(self):
        amendment = self._submit_amendment(self.contract, self.new_row)
        amendments = self.env["outsourcing.contract.amendment"]
        lines = self.env["outsourcing.contract.amendment.line"]
        self.assertFalse(amendments.with_user(self.portal_contractor).search([]) & amendment)
        amendment.with_user(self.user_manager).action_approve()
        self.assertTrue(amendments.with_user(self.portal_contractor).search([]) & amendment)
        with self.assertRaises(AccessError):  # the page reads them for the contractor
            lines.with_user(self.portal_contractor).search([])
        for user in (self.portal_competitor, self.portal_representative, self.user_outsider):
            self.assertFalse(amendments.with_user(user).search([]) & amendment)
            with self.assertRaises(AccessError):  # core's own
                amendment.with_user(user).read(["title"])
        with self.assertRaises(AccessError):  # core's own
            amendment.with_user(self.portal_contractor).write({"title": "Mine"})

    def test_form_opens_and_adds_a_change(self):
        draft = self.env["outsourcing.contract.amendment"].with_user(self.user_supervisor)
        with Form(draft.with_context(default_contract_id=self.contract.id)) as form:
            form.title = "One more row"
            form.date_effective = "2026-06-10"
            with form.line_ids.new() as line:
                line.kind = "row_new"
                line.name = "Extra"
                line.amount = 12.5
        self.assertEqual(form.record.amount_delta, 12.5)
