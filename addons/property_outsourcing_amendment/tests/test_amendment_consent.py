from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .amendment_common import SIGNATURE
from .workflow_common import WorkflowCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentConsent(WorkflowCommon):
    """An amendment takes effect once, signed by the contractor, on its day."""

    def test_takes_effect_with_the_contractors_signature_and_exactly_once(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        self.assertEqual(self.contract.amount_total, 200000.0)
        self._sign_amendment(amendment)
        self.assertEqual((amendment.state, amendment.signer_name), ("active", "Chen Foreman"))
        self.assertEqual(amendment.signed_by_id, self.portal_contractor)
        self._assert_in_step(self.contract, 200500.0)
        for user, step in (
            (self.portal_contractor, lambda a: a._portal_sign(SIGNATURE, "Again")),
            (self.user_manager2, lambda a: a.action_activate()),
            (self.user_manager2, lambda a: a._transition_to("active")),
        ):
            with self.assertRaises(UserError):  # each for a reason of its own
                step(amendment.with_user(user))
        self._assert_in_step(self.contract, 200500.0)

    def test_only_the_contractor_signs(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        for user in (self.portal_competitor, self.portal_representative, self.user_manager2):
            with self.assertRaises(AccessError, msg=user.name):  # core's own or ours
                amendment.with_user(user)._portal_sign(SIGNATURE, "Forger")
        for signature, name in ((False, "Chen"), (SIGNATURE, " "), (b"bm8=", "Chen")):
            with self.assertRaises(UserError):  # each for a reason of its own
                amendment.with_user(self.portal_contractor)._portal_sign(signature, name)
        self.assertFalse(amendment.date_signed)

    def test_signed_on_paper_needs_the_scan_and_a_person_of_the_firm(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        staff = amendment.with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "scan"):
            staff._record_paper(self.performer, [])
        with self.assertRaisesRegex(UserError, "not one of the people"):
            staff._record_paper(self.representative, [self._scan()])
        staff._record_paper(self.performer, [self._scan()])
        self.assertEqual((amendment.state, amendment.is_paper), ("active", True))
        self.assertEqual(amendment.evidence_ids.mapped("is_paper"), [True])
        self.assertEqual(amendment.evidence_ids.contract_id, self.contract)

    def test_the_other_sides_paper_is_entered_by_another_person_and_signed_by_a_named_one(self):
        self.contract._gated().contractor_manager_id = self.performer
        clerk = self._create_contact("Clerk", self.contractor)
        amendment = self._approve_amendment(self.contract, self.new_row)
        self.assertFalse(amendment.with_user(self.user_manager).may_enter_signature)
        with self.assertRaisesRegex(UserError, "Zhang Manager has already acted as Approved by"):
            amendment.with_user(self.user_manager)._record_paper(self.performer, [self._scan()])
        staff = amendment.with_user(self.user_supervisor)
        with self.assertRaisesRegex(
            UserError, "Steady Elevators is not one of the people of Steady Elevators"
        ):
            staff._record_paper(self.contractor, [self._scan()])
        for sign in (
            lambda: staff._record_paper(clerk, [self._scan()]),
            lambda: amendment.with_user(self.portal_contractor)._portal_sign(SIGNATURE, "Clerk"),
        ):
            with self.assertRaisesRegex(
                UserError, "Clerk may not sign .* Named in the contract: Chen Foreman"
            ):
                sign()
        self.assertFalse(amendment.date_signed)

    def test_contractor_declines_with_a_reason_and_the_author_is_asked(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        portal = amendment.with_user(self.portal_contractor)
        with self.assertRaisesRegex(UserError, "Write what you do not agree with"):
            portal._portal_decline("")
        portal._portal_decline("Scaffold is not in it")
        self.assertEqual((amendment.state, amendment.return_note), ("draft", "Scaffold is not in it"))
        kind = self.env.ref("property_outsourcing.activity_type_signature_declined")
        asked = amendment.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        self.assertEqual(asked.user_id, self.user_supervisor)
        with self.assertRaises(AccessError):  # core's own
            portal._portal_decline("Again")

    def test_signed_before_its_day_it_takes_effect_on_it(self):
        amendment = self._approve_amendment(self.contract, self.new_row, date_effective=date(2026, 6, 20))
        self._sign_amendment(amendment)
        self.assertEqual(amendment.state, "signed")
        with self.assertRaisesRegex(UserError, "takes effect on 2026-06-20"):
            amendment.with_user(self.user_manager).action_activate()
        self._assert_in_step(self.contract, 200000.0)
        with freeze_time("2026-06-20"):
            amendment._process_due()
        self.assertEqual(amendment.state, "active")
        self._assert_in_step(self.contract, 200500.0)

    def test_what_stands_in_the_way_on_the_day_becomes_an_activity(self):
        row = self.contract.milestone_ids[0]
        line = {"kind": "row_amount", "milestone_id": row.id, "amount": 10.0}
        amendment = self._approve_amendment(self.contract, line, date_effective=date(2026, 6, 20))
        self._sign_amendment(amendment)
        self._accept_row(row, 20.0, date(2026, 6, 12), self.community)
        with freeze_time("2026-06-20"):
            for _night in range(2):
                self.env["outsourcing.contract.amendment"]._cron_amendments()
        self.assertEqual((amendment.state, len(amendment.activity_ids)), ("signed", 1))
        self.assertIn("accepted", amendment.activity_ids.note)
        self._assert_in_step(self.contract, 200000.0)

    def test_missing_signature_is_told_once(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        amendments = self.env["outsourcing.contract.amendment"]
        due = amendment.date_sign_due
        self.assertFalse(amendments._get_unsigned(due) & amendment)
        late = amendments._get_unsigned(due + timedelta(days=1)) & amendment
        late._process_unsigned()
        self.assertEqual(amendment.activity_ids.user_id, self.user_manager)
        self.assertFalse(amendments._get_unsigned(due + timedelta(days=1)) & amendment)
        self.assertEqual(amendment.state, "to_sign")
