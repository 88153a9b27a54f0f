from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .workflow_common import WorkflowCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentOverlap(WorkflowCommon):
    """What contradicts another change or makes no sense is refused with one sentence."""

    def test_overlapping_amendment_is_refused(self):
        row = self.contract.milestone_ids[1]
        first = self._submit_amendment(
            self.contract, {"kind": "row_amount", "milestone_id": row.id, "amount": 90000.0}
        )
        second = self._draft_amendment(self.contract, {"kind": "row_cap", "milestone_id": row.id})
        sentence = f"{first.display_name} is still open and changes the same: .*{row.name}.* Finish or"
        with self.assertRaisesRegex(UserError, sentence):
            second.with_user(self.user_supervisor).action_submit()
        self.assertEqual(second.state, "draft")
        first.with_user(self.user_manager).action_cancel()
        second.with_user(self.user_supervisor).action_submit()

    def test_amendments_of_different_rows_and_fields_do_not_overlap(self):
        row, other = self.contract.milestone_ids[:2]
        first = self._submit_amendment(
            self.contract, {"kind": "row_amount", "milestone_id": row.id, "amount": 61000.0}
        )
        second = self._submit_amendment(
            self.contract, {"kind": "row_amount", "milestone_id": other.id, "amount": 79000.0}
        )
        for amendment in second, first:
            amendment.with_user(self.user_manager).action_approve()
            self._sign_amendment(amendment)
        self._assert_in_step(self.contract, 200000.0)

    def test_end_date_overlaps_with_a_fee_of_the_same_periods(self):
        contract = self._create_active_contract()
        self._submit_amendment(contract, {"kind": "end_date", "date": date(2026, 9, 15)})
        fee = {"kind": "period_fee", "amount": 1.0, "date": date(2026, 9, 1)}
        with self.assertRaisesRegex(UserError, "still open and changes the same"):
            self._submit_amendment(contract, fee)
        end = {"kind": "end_date", "date": date(2027, 1, 31)}
        with self.assertRaisesRegex(UserError, "End of the contract"):
            self._submit_amendment(contract, end)

    def test_what_was_signed_is_what_happens(self):
        contract = self._create_active_contract()
        line = {
            "kind": "community_add",
            "community_id": self.other_community.id,
            "amount": 3000.0,
            "date": date(2026, 10, 1),
        }
        first = self._approve_amendment(contract, line)
        self._amend(contract, {"kind": "end_date", "date": date(2027, 1, 31)})
        with (
            self.assertRaisesRegex(UserError, "has changed since its figures were drawn up"),
            self.env.cr.savepoint(),
        ):
            self._sign_amendment(first)
        self.env.invalidate_all()
        self.assertEqual((first.state, first.date_signed), ("to_sign", False))
        first.with_user(self.user_manager).return_note = "Longer term"
        first.with_user(self.user_manager).action_return()
        first.with_user(self.user_supervisor).action_submit()
        first.with_user(self.user_manager).action_approve()
        self._sign_amendment(first)
        self._assert_in_step(contract, 13 * 12000.0 + 4 * 3000.0)

    def test_the_same_thing_twice_in_one_amendment_is_refused(self):
        row = self.contract.milestone_ids[1]
        amendment = self._draft_amendment(
            self.contract,
            {"kind": "row_amount", "milestone_id": row.id, "amount": 1.0},
            {"kind": "row_delta", "milestone_id": row.id, "amount": 1.0},
        )
        with self.assertRaisesRegex(UserError, "changed twice in this amendment"):
            amendment.with_user(self.user_supervisor).action_submit()

    def test_contract_that_is_not_running_takes_no_amendment(self):
        draft = self._create_works_draft()
        with self.assertRaisesRegex(ValidationError, "only a running or suspended contract is amended"):
            self._draft_amendment(draft, self.new_row)

    def test_contractor_reads_that_an_amendment_ended_with_its_contract(self):
        shown = self._approve_amendment(self.contract, self.new_row)
        never_shown = self._submit_amendment(
            self.contract, {"kind": "row_new", "name": "Pump", "amount": 9.0}
        )
        self.contract.with_user(self.user_manager).action_suspend()
        self.contract.with_user(self.user_manager).end_reason = "Firm gave up"
        self.contract.with_user(self.user_manager).action_terminate()
        self.assertEqual((shown.state, never_shown.state), ("cancelled", "cancelled"))
        own = shown.with_user(self.portal_contractor)
        self.assertEqual(own.search([("contract_id", "=", self.contract.id)]), own)
        with self.assertRaisesRegex(UserError, "is Cancelled and does not wait for a signature"):
            self._sign_amendment(shown)

    def test_suspended_contract_is_amended(self):
        self.contract.with_user(self.user_manager).action_suspend()
        self._amend(self.contract, self.new_row)
        self._assert_in_step(self.contract, 200500.0)

    def test_bad_input_is_refused_with_a_sentence(self):
        other = self._create_works_contract()
        cases = (
            ({"kind": "row_new", "name": "No amount"}, "Amount is missing"),
            ({"kind": "row_new", "name": "Minus", "amount": -5.0}, "cannot be negative"),
            ({"kind": "row_cap", "milestone_id": other.milestone_ids[0].id}, "belongs to another contract"),
            ({"kind": "end_date"}, "Date is missing"),
            ({"kind": "end_date", "date": date(2025, 1, 1)}, "cannot end before it starts"),
            ({"kind": "manager", "partner_id": self.representative.id}, "not one of the people"),
            (
                {"kind": "community_add", "community_id": self.community.id, "date": date(2027, 1, 1)},
                "within the term",
            ),
            (
                {"kind": "rule_change", "rule_id": self.contract.rule_ids[0].id,
                 "rule_basis": "percent_contract", "rule_rate": 120.0},
                "between 0 and 100 percent",
            ),
        )  # fmt: skip
        for line, sentence in cases:
            amendment = self._draft_amendment(self.contract, line)
            with self.assertRaisesRegex(UserError, sentence):
                amendment.with_user(self.user_supervisor).action_submit()
            self.assertEqual(amendment.state, "draft")
        for day in (date(2025, 12, 31), date(2027, 1, 1)):
            with self.assertRaisesRegex(ValidationError, "within the term of the contract"):
                self._draft_amendment(self.contract, self.new_row, date_effective=day)
        empty = self._draft_amendment(self.contract)
        with self.assertRaisesRegex(UserError, "changes nothing yet"):
            empty.with_user(self.user_supervisor).action_submit()
