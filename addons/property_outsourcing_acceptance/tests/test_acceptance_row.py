from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.property_outsourcing_amendment.tests.amendment_common import AmendmentCommon

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestAcceptanceRow(AcceptanceCommon, AmendmentCommon):
    """A document never proposes, and never gets, what its payment row no longer takes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.january = cls.contract.milestone_ids.sorted("date_end")[0]
        cls.crons = [
            cls.env.ref(f"property_outsourcing_acceptance.cron_{name}")
            for name in ("create_month_sheets", "acceptance_deadlines")
        ]

    def _run_schedules(self):
        with self.enter_registry_test_mode():
            for cron in self.crons:
                cron.method_direct_trigger()
        self.env.invalidate_all()

    def _terminate(self, contract):
        reason = self.env.ref("property_outsourcing.termination_reason_visits")
        contract.with_user(self.user_manager2)._terminate(reason, "Three visits missed")

    def _drop(self, row, *others):
        """Let an amendment move the row's amount to another one, and with it drop the row."""
        lines = [{"kind": "row_amount", "milestone_id": row.id, "amount": 0.0}]
        lines += [{"kind": "row_delta", "milestone_id": other.id, "amount": row.amount} for other in others]
        self._amend(row.contract_id, *lines)

    # ---- closed by a termination ------------------------------------------------------------------------

    def test_schedules_make_nothing_of_rows_a_termination_closed(self):
        sheet = self._create_sheets(self.contract, month=1)
        sheet.action_score()
        manager = sheet.with_user(self.user_manager)
        self._decide_with_reason(manager, "action_reject", "Nobody came in January")
        self._terminate(self.contract)
        self._run_schedules()
        with freeze_time(fields.Date.add(fields.Date.today(), months=2)):
            self._run_schedules()
        self.assertEqual(self.contract.milestone_ids.acceptance_ids, sheet.with_env(self.env))
        self.assertEqual(sum(self.contract.milestone_ids.mapped("amount_accepted")), 0.0)

    def test_termination_ends_drafts_of_the_rows_it_closes(self):
        sheet = self._create_sheets(self.contract, month=1)
        self._terminate(self.contract)
        self.assertEqual(sheet.state, "rejected")
        self.assertRegex(sheet.decision, "closed on .* ended early")

    def test_closed_rows_are_not_put_forward_by_any_button(self):
        self._terminate(self.works)
        with self.assertRaisesRegex(UserError, "ended early"):
            self.row1.with_user(self.user_manager).action_start_acceptance()
        acceptances = self.env["outsourcing.acceptance"]
        with self.assertRaisesRegex(ValidationError, "ended early"):
            acceptances.with_user(self.user_supervisor).create({"milestone_id": self.row1.id})
        with self.assertRaisesRegex(ValidationError, "ended early"):
            acceptances.with_user(self.portal_contractor)._portal_request(self.row2)
        with self.assertRaisesRegex(ValidationError, "ended early"):
            self._create_concealed(milestone_id=self.row3.id)

    def test_what_is_withdrawn_after_the_end_is_not_accepted_again(self):
        acceptance = self._accept(self.row1)
        self._terminate(self.works)
        manager = acceptance.with_user(self.user_manager)
        self._decide_with_reason(manager, "action_withdraw", "The bedding is hollow")
        self.assertEqual((acceptance.state, self.row1.amount_accepted), ("rework", 0.0))
        with self.assertRaisesRegex(UserError, "the contract is Terminated"):
            manager.action_submit()

    # ---- changed by an amendment ------------------------------------------------------------------------

    def test_sheet_of_a_dropped_month_is_ended_before_silence_accepts_it(self):
        sheet = self._create_sheets(self.contract, month=1)
        sheet.action_score()
        self._drop(self.january, self.contract.milestone_ids[5])
        self.assertEqual(sheet.state, "rejected")
        self.assertRegex(sheet.decision, "dropped from its contract")
        with freeze_time(fields.Date.add(fields.Date.today(), months=1)):
            self._run_schedules()
        self.assertFalse(self.january.date_accepted)

    def test_claim_falls_with_its_row_and_says_so(self):
        acceptance = self._start(self.row2)
        self._sign(acceptance, self.portal_contractor, accepted_amount=70000.0)
        self._amend(
            self.works,
            {"kind": "row_delta", "milestone_id": self.row2.id, "amount": -20000.0},
            {"kind": "row_delta", "milestone_id": self.row3.id, "amount": 20000.0},
        )
        self.assertEqual((acceptance.state, acceptance.amount_claimed), ("property_check", 60000.0))
        self.assertTrue(
            any("$70,000.00 → $60,000.00" in body for body in acceptance.message_ids.mapped("body"))
        )
        self._pass_lines(acceptance)
        self._sign(acceptance, self.user_supervisor)
        self.assertEqual((acceptance.state, self.row2.amount_accepted), ("accepted", 60000.0))

    def test_month_that_costs_more_by_an_amendment_is_claimed_in_full(self):
        sheet = self._create_sheets(self.contract, month=1)
        self._amend(self.contract, {"kind": "row_delta", "milestone_id": self.january.id, "amount": 500.0})
        self.assertEqual(sheet.amount_claimed, 12500.0)

    # ---- whose acceptance it is -------------------------------------------------------------------------

    def test_an_acceptance_proves_its_own_row_only(self):
        acceptance = self._accept(self.row1)
        with self.assertRaisesRegex(UserError, "it is about another payment row"):
            self._accept_row(self.row2, 10.0, fields.Date.today(), acceptance)
