from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestResponsible(OutsourcingCommon):
    """Who is asked: the nearest person who is still there, never the administrator by accident."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract()
        cls.contract.manager_id = cls.user_manager
        cls.head_area = cls.env["outsourcing.area"].create(
            {"name": "Head", "manager_id": cls.user_manager2.id}
        )
        cls.area.parent_id = cls.head_area
        cls.company.outsourcing_deputy_id = cls.user_finance

    def test_the_manager_of_the_contract_is_asked_first(self):
        self.assertEqual(self.contract._get_responsible_user(), self.user_manager)

    def test_where_the_manager_has_left_the_tree_of_areas_is_walked_up(self):
        self.user_manager.active = False
        self.assertEqual(self.contract._get_responsible_user(), self.user_manager2)

    def test_where_the_tree_ends_the_deputy_of_the_company_is_asked(self):
        (self.user_manager | self.user_manager2).active = False
        self.assertEqual(self.contract._get_responsible_user(), self.user_finance)

    def test_who_has_acted_or_lacks_the_group_is_passed_over(self):
        group = "property_outsourcing.group_outsourcing_manager"
        user = self.contract._get_responsible_user(excluded=self.user_manager, group=group)
        self.assertEqual(user, self.user_manager2)
        self.user_manager2.active = False
        users = self.contract._get_responsible_users(self.user_manager, group)
        self.assertNotIn(self.user_finance, users)

    def test_the_administrator_is_never_asked_by_accident(self):
        admin = self.env.ref("base.user_admin")
        admin.write({"company_ids": [Command.link(self.company.id)], "company_id": self.company.id})
        self.company.outsourcing_deputy_id = False
        users = self.contract._get_responsible_users()
        self.assertNotIn(admin, users)
        self.assertNotIn(self.env.ref("base.user_root"), users)
        self.company.outsourcing_deputy_id = admin
        self.assertIn(admin, self.contract._get_responsible_users())

    def test_an_event_is_asked_once_and_of_nobody_who_has_left(self):
        event = "property_outsourcing.activity_type_contract_expiry"
        self.user_manager.active = False
        for summary in ("Ends soon", "Ends very soon"):
            self.contract._schedule_event(event, summary, users=self.user_manager)
        activity = self.contract.activity_ids
        self.assertEqual(activity.user_id, self.user_manager2)
        self.assertEqual(activity.summary, "Ends very soon")

    def test_a_failed_job_is_named_to_who_configures_where_no_manager_is_left(self):
        self.patch(
            self.registry["res.company"], "_get_outsourcing_deputies", lambda *args: self.env["res.users"]
        )
        (self.user_manager | self.user_manager2).active = False
        self.contract._report_job_failure("_made_up", UserError("No licence."), None)
        failure = self.contract.activity_ids.filtered("outsourcing_job_key")
        self.assertIn(failure.user_id, self.company._get_outsourcing_admins())
        self.assertEqual(failure.note, "<p>No licence.</p>")
