from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementDuties(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_service(months=2)
        cls.settlement = cls._settle(cls.contract.milestone_ids[0])

    def _call(self, user, method):
        """Call a public method as an RPC client would."""
        return getattr(self.settlement.with_user(user), method)()

    def test_every_action_from_every_state_follows_the_table(self):
        actions = {
            "action_submit": "submitted",
            "action_check": "checked",
            "action_approve": "approved",
            "action_create_bill": "billed",
        }
        transitions = self.settlement._get_transitions()
        everyone = self.env.ref("property_outsourcing.group_outsourcing_finance") | self.env.ref(
            "property_outsourcing.group_outsourcing_manager"
        )
        jack = self.user_manager3
        jack.group_ids |= everyone
        for state in ("draft", "submitted", "checked", "approved", "billed", "cancelled"):
            for action, target in actions.items():
                self.settlement._gated().write({"state": state})
                allowed = state in transitions[target] and not (state, target) == ("billed", "approved")
                with self.subTest(state=state, action=action):
                    if allowed:
                        with self.cr.savepoint(flush=True) as savepoint:
                            self._call(jack, action)
                            self.assertEqual(self.settlement.state, target)
                            savepoint.rollback()
                    else:
                        with self.assertRaises(UserError):  # each for a reason of its own
                            self._call(jack, action)
                self.settlement.invalidate_recordset()

    def test_submitter_does_not_check_nor_approve(self):
        both = self.user_manager3
        both.group_ids |= self.env.ref("property_outsourcing.group_outsourcing_finance")
        self._call(both, "action_submit")
        with self.assertRaisesRegex(UserError, "another person"):
            self._call(both, "action_check")
        self._call(self.user_manager, "action_check")
        with self.assertRaisesRegex(UserError, "another person"):
            self._call(both, "action_approve")
        self._call(self.user_finance, "action_approve")
        self.assertEqual(self.settlement.approved_by_id, self.user_finance)

    def test_checker_does_not_approve(self):
        self._call(self.user_supervisor, "action_submit")
        self.user_manager.group_ids |= self.env.ref("property_outsourcing.group_outsourcing_finance")
        self._call(self.user_manager, "action_check")
        with self.assertRaisesRegex(UserError, "another person"):
            self._call(self.user_manager, "action_approve")

    def test_supervisor_neither_checks_nor_approves_nor_bills(self):
        self._call(self.user_supervisor, "action_submit")
        for method in ("action_check", "action_release_bill"):
            with self.assertRefused("You are not the person who may take this step; ask", AccessError):
                self._call(self.user_supervisor2, method)
        self._call(self.user_manager, "action_check")
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self._call(self.user_manager2, "action_approve")
        self._call(self.user_finance, "action_approve")
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self._call(self.user_manager, "action_create_bill")

    def test_state_amounts_and_signatures_are_not_written_by_a_client(self):
        settlement = self.settlement.with_user(self.user_supervisor)
        for vals in (
            {"state": "approved"},
            {"amount_payable": 1.0},
            {"submitted_by_id": self.user_manager.id},
            {"approved_by_id": self.user_finance.id},
            {"payment_state": "paid"},
            {"bill_id": 1},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):  # each for a reason of its own
                settlement.write(vals)
        line = self.settlement.line_ids.with_user(self.user_admin)
        with self.assertRaises(UserError):  # core's own
            line.write({"price_unit": 2.0})

    def test_a_default_in_the_context_does_not_pass(self):
        Settlement = self.env["outsourcing.settlement"].with_user(self.user_supervisor)
        vals = {"contract_id": self.contract.id, "milestone_ids": self.contract.milestone_ids[1].ids}
        with self.assertRefused("always starts at its first state."):
            Settlement.with_context(default_state="approved").create(vals)
        for planted in ({"submitted_by_id": self.user_manager.id}, {"bill_id": 1}, {"return_reason": "x"}):
            context = {f"default_{name}": value for name, value in planted.items()}
            with self.assertRaisesRegex(UserError, "by the system alone"):
                Settlement.with_context(**context).create(vals)
            with self.assertRaisesRegex(UserError, "by the system alone"):
                Settlement.create({**vals, **planted})
        other = Settlement.with_context(default_amount_payable=1.0).create({**vals, "amount_accepted": 1.0})
        self.assertEqual((other.amount_accepted, other.amount_payable), (12000.0, 12000.0))

    def test_a_default_in_the_context_does_not_reach_what_the_system_creates(self):
        settlements = self.env["outsourcing.settlement"].with_context(default_bill_id=1).sudo()
        vals = {"contract_id": self.contract.id, "milestone_ids": self.contract.milestone_ids[1].ids}
        self.assertFalse(settlements.create(vals).bill_id)

    def test_handed_in_settlement_keeps_what_is_accepted(self):
        row = self.settlement.milestone_ids
        row._check_acceptable(0.0, False, None)  # a draft is drawn up again
        self._call(self.user_supervisor, "action_submit")
        with self.assertRaisesRegex(UserError, self.settlement.name):
            row._check_acceptable(0.0, False, None)
        row._check_acceptable(row.amount, row.date_accepted, self.contract)
        self._call(self.user_manager, "action_check")
        with self.assertRaisesRegex(UserError, "To approve"):
            row._check_acceptable(row.amount - 0.01, row.date_accepted, self.contract)
        self.settlement._gated().write({"state": "cancelled"})
        row._check_acceptable(0.0, False, None)

    def test_submitted_settlement_is_frozen(self):
        self._call(self.user_supervisor, "action_submit")
        for vals in ({"date": "2026-12-31"}, {"milestone_ids": [(6, 0, self.contract.milestone_ids[1].ids)]}):
            with self.assertRefused("can no longer be changed."):
                self.settlement.with_user(self.user_supervisor).write(vals)
        with self.assertRefused("The lines of a settlement are taken over again only while it is a draft."):
            self._call(self.user_supervisor, "action_generate_lines")

    def test_return_needs_a_reason_and_clears_the_signatures(self):
        self._call(self.user_supervisor, "action_submit")
        settlement = self.settlement.with_user(self.user_manager)
        with self.assertRefused("Write the reason."):
            settlement._step_back("draft", " ")
        action = settlement.action_return()
        wizard = self.env["outsourcing.settlement.reason"].with_user(self.user_manager)
        wizard = wizard.with_context(**action["context"]).create({"reason": "Invoice address missing"})
        wizard.action_confirm()
        self.assertRecordValues(
            self.settlement, [{"state": "draft", "return_reason": "Invoice address missing"}]
        )
        self.assertFalse(self.settlement.submitted_by_id)
        self.assertIn("Invoice address missing", self.settlement.message_ids[0].body)

    def test_submitter_takes_back_only_what_nobody_has_checked(self):
        settlement = self.settlement.with_user(self.user_supervisor)
        settlement.action_submit()
        self._decide_with_reason(settlement, "action_return", "A deduction is missing")
        settlement.action_submit()
        self._call(self.user_manager, "action_check")
        for button in ("action_return", "action_cancel"):
            with (
                self.subTest(button=button),
                self.assertRaisesRegex(AccessError, "not the person who may take this step"),
            ):
                self._decide_with_reason(settlement, button, "Second thoughts")
        self.assertEqual(self.settlement.state, "checked")

    def test_a_blacklisted_firm_is_neither_settled_nor_billed(self):
        other = self._settle(self.contract.milestone_ids[1])
        self._approve(self.settlement)
        firm = self.contractor.with_user(self.user_manager)
        firm._set_outsourcing_state("blacklisted", "Forged certificates")
        with self.assertRaisesRegex(UserError, "is Blacklisted: Forged certificates"):
            self._call(self.user_finance2, "action_create_bill")
        with self.assertRaisesRegex(UserError, "is Blacklisted: Forged certificates"):
            other.with_user(self.user_supervisor).action_submit()
        self.assertEqual((self.settlement.state, other.state), ("approved", "draft"))
        self.assertFalse(self.settlement.bill_id)

    def test_cancelled_settlement_frees_its_milestones(self):
        self.settlement.with_user(self.user_supervisor)._step_back("cancelled", "Wrong month")
        again = self._settle(self.contract.milestone_ids[0])
        self.assertEqual(again.amount_payable, 12000.0)

    @mute_logger("odoo.sql_db")
    def test_deleting_is_for_drafts_even_with_the_uninstall_flag(self):
        self._call(self.user_supervisor, "action_submit")
        with self.assertRefused("and can no longer be deleted."):
            self.settlement.with_user(self.user_supervisor).with_context(_force_unlink=True).unlink()
        self.settlement.with_user(self.user_manager)._step_back("draft", "again")
        self.settlement.with_user(self.user_supervisor).unlink()
        self.assertFalse(self.settlement.exists())
        self.assertEqual(self.contract.milestone_ids[0].amount_to_settle, 12000.0)

    def test_manager_is_told_to_check(self):
        self._call(self.user_supervisor, "action_submit")
        self.assertEqual(self.settlement.activity_ids.user_id, self.user_manager)
        self.assertEqual(self.settlement.asked_names, "Zhang Manager")

    def test_finance_is_told_to_approve_and_another_of_finance_to_bill(self):
        self.company.outsourcing_separate_payer = True
        self._call(self.user_supervisor, "action_submit")
        self._call(self.user_manager2, "action_check")
        approver = self.settlement.activity_ids.user_id
        self.assertTrue(approver.has_group("property_outsourcing.group_outsourcing_finance"))
        self._call(approver, "action_approve")
        biller = self.settlement.activity_ids.user_id
        self.assertTrue(biller.has_group("property_outsourcing.group_outsourcing_finance"))
        self.assertNotEqual(biller, approver)
        self._call(self.user_finance2, "action_create_bill")
        self.assertFalse(self.settlement.activity_ids)

    def test_a_settlement_is_not_copied(self):
        with self.assertRefused("A settlement is not copied: what is settled once is not settled again."):
            self.settlement.copy()
