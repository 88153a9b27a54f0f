from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractApproval(OutsourcingCommon):
    """Who drafts does not approve; above the limit two others do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_manager3 = cls._create_internal_user("gao_manager", "Gao Manager", "manager")
        cls.contract = cls._create_contract()
        cls._create_required_documents(contract=cls.contract)

    def _submit(self):
        self.contract.with_user(self.user_manager).action_submit()

    def _approve(self, user):
        self.contract.with_user(user).action_approve()

    def test_limit_is_a_setting_and_zero_means_never(self):
        check = self.company._outsourcing_needs_second_approval
        currency = self.company.currency_id
        self.assertFalse(check(1e9, currency))
        self.company.outsourcing_second_approval_amount = 100000
        self.assertFalse(check(100000, currency))
        self.assertTrue(check(100000.01, currency))

    def test_limit_is_compared_in_the_company_currency(self):
        self.company.outsourcing_second_approval_amount = 100
        foreign = self.env["res.currency"].create(
            {"name": "XTS", "symbol": "x", "rate_ids": [Command.create({"name": "2020-01-01", "rate": 0.5})]}
        )
        self.assertTrue(self.company._outsourcing_needs_second_approval(60, foreign))
        self.assertFalse(self.company._outsourcing_needs_second_approval(40, foreign))

    def test_one_approval_is_enough_below_the_limit(self):
        self._submit()
        self._approve(self.user_manager2)
        self.assertEqual((self.contract.state, self.contract.approved_by_id), ("active", self.user_manager2))
        self.assertFalse(self.contract.second_approved_by_id)

    def test_above_the_limit_three_different_people_act(self):
        self.company.outsourcing_second_approval_amount = 100000
        self._submit()
        self._approve(self.user_manager2)
        self.assertEqual((self.contract.state, self.contract.approval_step), ("to_approve", "second"))
        for user in (self.user_manager, self.user_manager2):
            with self.assertRaisesRegex(UserError, "another person"):
                self._approve(user)
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self._approve(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "second approval"):
            self.contract.with_user(self.user_manager3).action_activate()
        self._approve(self.user_manager3)
        self.assertEqual(self.contract.state, "active")
        self.assertEqual(self.contract.second_approved_by_id, self.user_manager3)

    def test_author_does_not_approve_what_a_colleague_submitted(self):
        vals = self._prepare_contract("service_type_elevator", period_amount=12000.0, period_months=1)
        draft = self.env["outsourcing.contract"].with_user(self.user_manager2).create(vals)
        draft.action_generate_periods()
        self._file_letter(draft)
        draft.with_user(self.user_manager).action_submit()
        with self.assertRaisesRegex(UserError, "another person"):
            draft.with_user(self.user_manager2).action_approve()

    def test_nobody_writes_an_approval(self):
        self._submit()
        for vals in (
            {"approved_by_id": self.user_manager2.id},
            {"second_approved_by_id": self.user_manager2.id},
            {"date_offered": fields.Datetime.now()},
        ):
            with self.assertRefused("can no longer be changed."):
                self.contract.with_user(self.user_manager).write(vals)

    def test_approving_twice_or_resuming_by_approval_is_refused(self):
        self._submit()
        self._approve(self.user_manager2)
        self.contract.with_user(self.user_manager)._suspend("Site closed")
        with self.assertRaisesRegex(UserError, "does not wait"):
            self._approve(self.user_manager2)

    def test_next_approver_is_asked_and_the_activity_ends_with_the_approval(self):
        self.area.manager_id = self.user_manager3
        self._submit()
        activity = self.contract.activity_ids
        self.assertEqual(activity.user_id, self.user_manager3)
        self._approve(self.user_manager2)
        approval = self.env.ref("property_outsourcing.activity_type_contract_approval")
        self.assertNotIn(approval, self.contract.activity_ids.activity_type_id)

    def test_author_is_never_asked_to_approve(self):
        self.area.manager_id = self.user_manager
        self._submit()
        self.assertNotIn(self.user_manager, self.contract.activity_ids.user_id)

    def test_author_takes_the_contract_back_alone(self):
        self._submit()
        self.contract.with_user(self.user_manager).action_return()
        self.assertEqual(self.contract.state, "draft")

    def test_approver_returns_with_a_reason_and_approvals_are_void(self):
        self.company.outsourcing_second_approval_amount = 100000
        self._submit()
        self._approve(self.user_manager2)
        action = self.contract.with_user(self.user_manager3).action_return()
        self.assertEqual(self.contract.state, "to_approve")
        Wizard = self.env[action["res_model"]].with_user(self.user_manager3).with_context(**action["context"])
        with self.assertRaisesRegex(UserError, "corrected"):
            Wizard.create({"reason": " "}).action_confirm()
        form = Form(Wizard)
        form.reason = "Fee of March is wrong"
        form.save().action_confirm()
        self.assertEqual((self.contract.state, self.contract.approved_by_id.id), ("draft", False))
        self.assertEqual(self.contract.return_reason, "Fee of March is wrong")
        self.assertIn("Fee of March is wrong", self.contract.message_ids.mapped("body")[0])
        self._submit()
        self.assertFalse(self.contract.return_reason)
