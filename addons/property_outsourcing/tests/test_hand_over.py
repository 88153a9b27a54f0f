from odoo import fields
from odoo.tests import tagged

from .common import OutsourcingCommon

APPROVAL = "property_outsourcing.activity_type_contract_approval"
HANDOVER = "property_outsourcing.activity_type_handover"


@tagged("post_install", "-at_install")
class TestHandOver(OutsourcingCommon):
    """Who leaves, leaves nothing behind: it goes up the tree at once, and the list is posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract()
        cls.area.manager_id = cls.user_manager2
        cls.company.outsourcing_deputy_id = cls.user_finance

    def _archive(self, user):
        user.with_user(self.env.ref("base.user_admin")).write({"active": False})

    def _get_list(self, user):
        kind = self.env.ref(HANDOVER)
        return self.env["mail.activity"].search(
            [("activity_type_id", "=", kind.id), ("user_id", "=", user.id)]
        )

    def test_open_to_dos_go_up_the_tree_with_a_list(self):
        self.contract._schedule_event("property_outsourcing.activity_type_contract_expiry", "Ends soon")
        self.contract.activity_schedule(summary="Call them", user_id=self.user_manager.id)
        self.assertEqual(self.contract.activity_ids.user_id, self.user_manager)
        self._archive(self.user_manager)
        self.assertEqual(self.contract.activity_ids.user_id, self.user_manager2)
        note = self._get_list(self.user_manager2).note
        for text in ("Zhang Manager", "Ends soon", "Call them", self.contract.title):
            self.assertIn(text, note)

    def test_an_open_approval_goes_to_somebody_who_may_approve(self):
        self._create_required_documents(contract=self.contract)
        self.contract.with_user(self.user_supervisor).action_submit()
        asked = self.contract.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(APPROVAL)
        )
        self.assertTrue(asked)
        for user in (self.user_manager, self.user_manager2):
            if asked.user_id == user:
                self._archive(user)
        self.assertTrue(asked.user_id.active)
        self.assertTrue(asked.user_id.has_group("property_outsourcing.group_outsourcing_manager"))
        self.assertNotEqual(asked.user_id, self.user_supervisor)
        self.contract.with_user(asked.user_id).action_approve()

    def test_open_documents_are_dealt_with_by_the_next_person(self):
        item = self.env["outsourcing.contract.deliverable"].create(
            {"contract_id": self.contract.id, "name": "Report", "date_due": fields.Date.today()}
        )
        item.reviewer_id = self.user_manager
        self._archive(self.user_manager)
        self.assertEqual(item.reviewer_id, self.user_manager2)

    def test_what_still_names_the_person_is_told_to_the_deputy(self):
        self._archive(self.user_supervisor)
        note = self._get_list(self.user_finance).note
        self.assertIn("Sunshine Garden", note)

    def test_a_deleted_user_hands_over_as_well(self):
        leaver = self._create_internal_user("ma_manager", "Ma Manager", "manager")
        self.contract.activity_schedule(summary="Call them", user_id=leaver.id)
        leaver.with_user(self.env.ref("base.user_admin")).unlink()
        self.assertEqual(self.contract.activity_ids.user_id, self.user_manager)

    def test_documents_that_are_not_of_outsourcing_stay_as_core_has_them(self):
        contact = self.env["res.partner"].create({"name": "Somebody"})
        contact.activity_schedule(summary="Call", user_id=self.user_outsider.id)
        self._archive(self.user_outsider)
        self.assertEqual(contact.activity_ids.user_id, self.user_outsider)
