from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .repairs_common import RepairsCommon


@tagged("post_install", "-at_install")
class TestRepairsDispute(RepairsCommon):
    """Quantities cut by staff: with a reason, told to the contractor, who may object for some days."""

    def _cut(self, reason="One lock was reused", reported=2, performed=1):
        order = self._report(self._call_off(self.framework, {"MB-01": reported}))
        line = order.outsourcing_order_line_ids.with_user(self.user_supervisor)
        line.write({"quantity_performed": performed, "cut_reason": reason})
        return self._accept(order)

    def _dispute(self, order):
        order.with_user(self.portal_contractor)._portal_dispute("Both locks are new, see the photos")

    def test_a_cut_needs_a_reason(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 2}))
        order.outsourcing_order_line_ids.with_user(self.user_supervisor).quantity_performed = 1
        with self.assertRaisesRegex(UserError, "write why less of Item MB-01 is accepted"):
            self._accept(order)
        order.outsourcing_order_line_ids.with_user(self.user_supervisor).cut_reason = "Reused"
        self._accept(order)
        self.assertEqual(order.outsourcing_order_amount, 185.0)

    def test_the_contractor_is_told_and_has_the_days_set(self):
        self.company.outsourcing_repairs_dispute_days = 4
        order = self._cut()
        self.assertEqual(order.outsourcing_dispute_state, "open")
        self.assertEqual(order.outsourcing_dispute_until, fields.Date.today() + timedelta(days=4))
        message = order.message_ids.filtered(lambda m: "Less is accepted" in (m.body or ""))
        self.assertIn("Item MB-01: 1 of 2", message.body)
        self.assertIn("One lock was reused", message.body)
        self.assertIn(self.portal_contractor.partner_id, message.notified_partner_ids)

    def test_what_was_accepted_as_reported_asks_nobody(self):
        self.assertFalse(self._perform(self.framework, {"MB-01": 1}).outsourcing_dispute_state)

    def test_an_objection_asks_a_manager_other_than_who_cut(self):
        order = self._cut()
        self._dispute(order)
        self.assertEqual(order.outsourcing_dispute_state, "disputed")
        self.assertEqual(order.activity_ids.user_id, self.user_manager)
        self.assertEqual(order.activity_ids.date_deadline, order.outsourcing_dispute_answer_due)
        with self.assertRaisesRegex(AccessError, "not the person who may take this step"):
            order.with_user(self.user_supervisor2)._uphold_cut("No")

    def test_a_granted_objection_counts_as_reported(self):
        order = self._cut()
        self._dispute(order)
        order.with_user(self.user_manager).action_outsourcing_grant_dispute()
        self.assertEqual((order.outsourcing_order_amount, self.door.quantity_measured), (370.0, 2.0))
        self.assertEqual(order.outsourcing_dispute_state, "granted")
        self.assertFalse(order.activity_ids)

    def test_a_cut_stands_with_a_reason(self):
        order = self._cut()
        self._dispute(order)
        manager = order.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "Give the reason"):
            manager._uphold_cut(" ")
        context = manager.action_outsourcing_uphold_cut()["context"]
        wizard = self.env["outsourcing.order.step"].with_user(self.user_manager).with_context(**context)
        wizard.create({"reason": "The photo shows the old lock"}).action_apply()
        self.assertEqual(order.outsourcing_dispute_state, "upheld")
        self.assertEqual((order.outsourcing_order_amount, self.door.quantity_measured), (185.0, 1.0))

    def test_an_objection_nobody_answers_is_granted(self):
        order = self._cut()
        self._dispute(order)
        for days, state in ((0, "disputed"), (1, "granted")):
            with freeze_time(order.outsourcing_dispute_answer_due + timedelta(days=days)):
                self.env["project.task"]._cron_grant_disputes()
            self.assertEqual(order.outsourcing_dispute_state, state)
        self.assertEqual(order.outsourcing_order_amount, 370.0)
        self.assertIn("not answered in time", order.outsourcing_dispute_decision)

    def test_it_is_disputed_in_time_with_a_reason_by_its_contractor_and_once(self):
        order = self._cut()
        with self.assertRaisesRegex(UserError, "Please write why you object"):
            order.with_user(self.portal_contractor)._portal_dispute(" ")
        with self.assertRaisesRegex(AccessError, "Only the contractor of this document"):
            order.with_user(self.portal_competitor)._portal_dispute("Ours")
        late = order.outsourcing_dispute_until + timedelta(days=1)
        with freeze_time(late), self.assertRaisesRegex(UserError, "could be disputed until"):
            self._dispute(order)
        self._dispute(order)
        with self.assertRaisesRegex(UserError, "no quantities wait for your answer"):
            self._dispute(order)

    def test_an_order_is_rolled_up_once_its_quantities_are_settled(self):
        order = self._cut()
        month = fields.Date.today().replace(day=1)
        self.assertFalse(self.framework._get_orders_to_roll_up(month, order.outsourcing_date_accepted))
        order.with_user(self.portal_contractor)._portal_agree_cut()
        self.assertTrue(self.framework._get_orders_to_roll_up(month, order.outsourcing_date_accepted))
        other = self._cut()
        with freeze_time(other.outsourcing_dispute_until + timedelta(days=1)):
            orders = self.framework._get_orders_to_roll_up(month, other.outsourcing_date_accepted)
        self.assertIn(other, list(orders.values())[0])

    def test_silence_of_the_house_counts_as_reported_whatever_was_typed_meanwhile(self):
        self.company.outsourcing_repairs_silence = "deemed"
        order = self._report(self._call_off(self.framework, {"MB-01": 2}))
        line = order.outsourcing_order_line_ids.with_user(self.user_supervisor)
        line.write({"quantity_performed": 1, "cut_reason": "Reused"})
        order._process_unanswered_reports()
        self.assertEqual(
            (order.outsourcing_measure_state, order.outsourcing_order_amount), ("accepted", 370.0)
        )

    def test_nobody_types_the_answer(self):
        order = self._cut()
        for user in (self.user_supervisor, self.user_manager):
            for name, value in (
                ("outsourcing_dispute_state", "granted"),
                ("outsourcing_dispute_until", "2099-01-01"),
            ):
                with self.assertRaisesRegex(UserError, "written by the system alone"):
                    order.with_user(user).write({name: value})
