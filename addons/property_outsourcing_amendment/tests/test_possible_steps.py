from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestPossibleSteps(AmendmentCommon):
    """Who may take a step sees its button, by the rule that would refuse; a refusal names who may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract()
        cls._create_required_documents(contract=cls.contract)
        cls.area.manager_id = cls.user_manager2

    def _steps(self, document, user):
        document.invalidate_recordset(["possible_steps"])
        return set(document.with_user(user).possible_steps or [])

    def test_draft_is_handed_in_by_staff_and_not_by_finance(self):
        self.assertEqual(self._steps(self.contract, self.user_supervisor), {"to_approve", "cancelled"})
        self.assertFalse(self._steps(self.contract, self.user_finance))

    def test_who_handed_in_does_not_see_the_approval(self):
        self.contract.with_user(self.user_manager).action_submit()
        self.assertNotIn("active", self._steps(self.contract, self.user_manager))
        self.assertNotIn("active", self._steps(self.contract, self.user_supervisor))
        self.assertIn("active", self._steps(self.contract, self.user_manager2))

    def test_second_approval_is_not_for_the_first_approver(self):
        self.company.outsourcing_second_approval_amount = 1
        self.contract.with_user(self.user_supervisor).action_submit()
        self.contract.with_user(self.user_manager).action_approve()
        self.assertEqual(self.contract.approval_step, "second")
        self.assertNotIn("active", self._steps(self.contract, self.user_manager))
        self.assertIn("active", self._steps(self.contract, self.user_manager2))

    def test_approval_asks_the_next_one_up_where_the_area_has_no_manager(self):
        head = self.env["outsourcing.area"].create({"name": "Head", "manager_id": self.user_manager2.id})
        self.area.write({"manager_id": False, "parent_id": head.id})
        self.contract.with_user(self.user_manager).action_submit()
        self.assertEqual(self.contract.activity_ids.user_id, self.user_manager2)
        self.assertEqual(self.contract.with_user(self.user_supervisor).asked_names, "Liu Manager")

    def test_refusal_names_the_nearest_person_who_may(self):
        self.contract.with_user(self.user_manager).action_submit()
        contract = self.contract.with_user(self.user_supervisor)
        with self.assertRaisesRegex(AccessError, "who may take this step; ask Zhang Manager"):
            contract.action_approve()
        with self.assertRaisesRegex(UserError, "another person must take this step, Liu Manager for example"):
            contract.with_user(self.user_manager).action_approve()

    def test_refusal_tells_the_contractor_no_names(self):
        amendment = self._submit_amendment(self._create_works_contract(), self._line())
        with self.assertRaises(AccessError) as caught:  # core's own
            amendment.with_user(self.portal_contractor).action_approve()
        self.assertNotIn("Manager", str(caught.exception))

    def _line(self):
        return {"kind": "row_new", "name": "Extra", "amount": 500.0}

    def test_amendment_is_approved_by_who_neither_wrote_nor_handed_it_in(self):
        works = self._create_works_contract()
        amendment = self._draft_amendment(works, self._line(), user=self.user_manager)
        amendment.with_user(self.user_manager).action_submit()
        self.assertNotIn("to_sign", self._steps(amendment, self.user_manager))
        self.assertIn("to_sign", self._steps(amendment, self.user_manager2))
        self.assertIn("draft", self._steps(amendment, self.user_manager))
        self.assertFalse({"draft", "cancelled"} & self._steps(amendment, self.user_supervisor))

    def test_buttons_of_the_form_follow(self):
        self.contract.with_user(self.user_manager).action_submit()
        for model in (self.contract._name, "outsourcing.contract.amendment", "outsourcing.variation"):
            arch = self.env[model].with_user(self.user_manager2).get_view(False, "form")["arch"]
            self.assertIn("possible_steps", arch)
