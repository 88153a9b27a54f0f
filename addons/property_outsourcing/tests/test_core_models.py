from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .order_common import OrderCommon


@tagged("post_install", "-at_install")
class TestCoreModels(OrderCommon):
    """What is no contract's behaves as without the suite."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_guest = new_test_user(cls.env, "guest", groups="base.group_portal", email="g@example.com")
        cls.plain_project = (
            cls.env["project.project"]
            .sudo()
            .create(
                {
                    "name": "Office move",
                    "privacy_visibility": "portal",
                    "type_ids": [Command.create({"name": name}) for name in ("New", "Done")],
                    "collaborator_ids": [
                        Command.create(
                            {"partner_id": cls.portal_guest.partner_id.id, "limited_access": False}
                        )
                    ],
                }
            )
        )
        cls.plain_project.message_subscribe(cls.portal_guest.partner_id.ids)
        cls.plain_task = (
            cls.env["project.task"].sudo().create({"name": "Carry boxes", "project_id": cls.plain_project.id})
        )

    def test_user_of_a_second_company_is_notified_inside_odoo(self):
        second = self.env["res.company"].sudo().create({"name": "Second"})
        user = new_test_user(
            self.env,
            "second",
            groups="base.group_user,mail.group_mail_notification_type_inbox",
            company_id=second.id,
            company_ids=[Command.set(second.ids)],
            notification_type="inbox",
        )
        self.assertEqual((user.notification_type, user.share), ("inbox", False))

    def test_group_given_to_a_group_counts_at_once(self):
        user = new_test_user(self.env, "buyer", groups="purchase.group_purchase_user")
        self.assertFalse(user.has_group("purchase.group_warning_purchase"))
        user.sudo().group_ids.implied_ids = [Command.link(self.env.ref("purchase.group_warning_purchase").id)]
        self.assertTrue(user.has_group("purchase.group_warning_purchase"))

    def test_portal_user_creates_a_task_of_a_shared_project(self):
        tasks = self.env["project.task"].with_user(self.portal_guest)
        task = tasks.with_context(default_project_id=self.plain_project.id).create({"name": "Lift"})
        self.assertEqual(task.project_id, self.plain_project)

    def test_portal_user_meets_the_rules_of_core_on_a_shared_task(self):
        task = self.plain_task.with_user(self.portal_guest)
        for name in ("outsourcing_date_completed", "outsourcing_date_checked", "outsourcing_contract_id"):
            with self.assertRaisesRegex(AccessError, "do not have enough rights to access the field"):
                task.write({name: False})

    def test_followers_of_a_task_follow_its_subtasks(self):
        self.plain_task.message_subscribe(self.user_manager.partner_id.ids)
        vals = {"name": "Tape", "project_id": self.plain_project.id, "parent_id": self.plain_task.id}
        subtask = self.env["project.task"].sudo().create(vals)
        self.assertIn(self.user_manager.partner_id, subtask.message_partner_ids)

    def test_whoever_creates_a_task_follows_it_and_an_order_is_followed_by_nobody(self):
        tasks = self.env["project.task"].with_user(self.user_manager)
        task = tasks.create({"name": "Sweep", "project_id": False})
        self.assertIn(self.user_manager.partner_id, task.message_partner_ids)
        self.assertFalse(self._dispatch().message_partner_ids)

    def test_tasks_written_together_with_orders_keep_their_own_stage(self):
        order = self._dispatch()
        order.with_user(self.portal_contractor)._portal_report("completed", self.performer)
        (self.plain_task | order.sudo()).write({"state": "1_done"})
        self.assertEqual(order.stage_id, self.env.ref("property_outsourcing.order_stage_done"))
        self.assertIn(self.plain_task.stage_id, self.plain_project.type_ids)
        self.assertFalse(self.plain_task.outsourcing_date_closed)

    def test_staff_cannot_prepare_reports_on_a_plain_task(self):
        with self.assertRaisesRegex(UserError, "reported by the contractor"):
            self.plain_task.with_user(self.user_manager).write({"outsourcing_date_completed": "2026-01-01"})

    def test_users_of_core_duplicate_a_contractor(self):
        user = new_test_user(self.env, "clerk", groups="base.group_user,base.group_partner_manager")
        self.assertFalse(self.contractor.with_user(user).copy().outsourcing_state)

    def test_users_of_core_open_its_forms_without_a_role_in_outsourcing(self):
        core = "base.group_partner_manager,project.group_project_user,purchase.group_purchase_user"
        user = new_test_user(
            self.env,
            "core_user",
            groups=f"{core},account.group_account_invoice,maintenance.group_equipment_manager",
        )
        for record in (self.contractor, self.plain_task, self.elevator, self.contract.purchase_order_id):
            Form(record.with_user(user))
        for model in (
            "res.partner",
            "project.task",
            "purchase.order",
            "account.move",
            "maintenance.equipment",
        ):
            Form(self.env[model].with_user(user).with_context(default_move_type="in_invoice"))
