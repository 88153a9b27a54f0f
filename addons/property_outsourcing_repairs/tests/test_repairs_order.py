from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .repairs_common import RepairsCommon


@tagged("post_install", "-at_install")
class TestRepairsOrder(RepairsCommon):
    """Reported by the contractor, accepted by another person, above a limit by a manager too."""

    def test_an_order_is_reported_corrected_and_accepted(self):
        order = self._call_off(self.framework, {"ZM-01": 10, "GS-01": 2})
        self._report(order, {"ZM-01": 12, "GS-01": 2}, extra=[(self.door.id, 1)])
        self.assertEqual(order.outsourcing_measure_state, "reported")
        self.assertEqual(order.outsourcing_order_amount, 1195.6)
        self.assertTrue(order.outsourcing_date_completed)
        self.assertEqual(order.outsourcing_performer_id, self.performer)
        lamps = order.outsourcing_order_line_ids.filtered(lambda line: line.code == "ZM-01")
        lamps.with_user(self.user_supervisor).write(
            {"quantity_performed": 11.5, "cut_reason": "Half a metre short"}
        )
        order.with_user(self.user_supervisor).action_outsourcing_accept_quantities()
        self.assertEqual((order.outsourcing_measure_state, order.state), ("accepted", "1_done"))
        self.assertEqual((lamps.quantity_reported, lamps.amount), (12.0, 786.03))
        self.assertEqual(order.outsourcing_order_amount, 1161.43)
        self.assertEqual(self._item(self.framework, "ZM-01").quantity_measured, 11.5)
        self.assertEqual(self.door.quantity_measured, 1.0)
        self.assertEqual(self.framework.amount_called_off, 1161.43)

    def test_a_report_taken_back_takes_its_quantities_along_until_they_are_checked(self):
        order = self._call_off(self.framework, {"GS-01": 2})
        self._report(order, {"GS-01": 3})
        order.with_user(self.portal_contractor)._portal_take_back()
        line = order.outsourcing_order_line_ids
        self.assertEqual((order.outsourcing_measure_state, line.quantity_performed), ("estimate", 0.0))
        self.assertFalse(order.outsourcing_date_completed or order.outsourcing_date_answer_due)
        self.assertEqual(line.quantity_reported, 3.0)  # typed already, when it is reported again
        self._report(order, {"GS-01": 2})
        order.with_user(self.user_supervisor).action_outsourcing_accept_quantities()
        with self.assertRaisesRegex(UserError, "this step is not open"):
            order.with_user(self.portal_contractor)._portal_take_back()

    def test_measured_quantities_keep_four_digits_and_never_grow(self):
        order = self._call_off(self.framework, {"GS-01": 1.2345})
        self._report(order, {"GS-01": 1.2344})
        line = order.outsourcing_order_line_ids
        supervisor = order.with_user(self.user_supervisor)
        line.with_user(self.user_supervisor).quantity_performed = 1.2345
        with self.assertRaisesRegex(UserError, "no more of .* is accepted than the contractor reported"):
            supervisor.action_outsourcing_accept_quantities()
        line.with_user(self.user_supervisor).quantity_performed = 1.2344
        supervisor.action_outsourcing_accept_quantities()
        self.assertEqual(line.item_id.quantity_measured, 1.2344)

    def test_report_and_completion_come_together_with_a_photo(self):
        order = self._call_off(self.framework, {"MB-01": 1})
        contractor = order.with_user(self.portal_contractor)
        quantities = {order.outsourcing_order_line_ids.id: 1.0}
        with self.assertRaisesRegex(UserError, "together"):
            contractor._portal_report("completed")
        with self.assertRaisesRegex(UserError, "photo"):
            contractor._portal_report_work(quantities)
        self._add_photo(order)
        with self.assertRaisesRegex(UserError, "at least one"):
            contractor._portal_report_work({})
        with self.assertRaisesRegex(UserError, "negative"):
            contractor._portal_report_work({order.outsourcing_order_line_ids.id: -1.0})
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            order.with_user(self.portal_competitor)._portal_report_work(quantities)
        contractor._portal_report_work(quantities)
        with self.assertRaisesRegex(UserError, "not open"):
            contractor._portal_report_work(quantities)
        self.assertTrue(order.evidence_ids.sealed)

    def test_paper_report_is_accepted_by_another_person(self):
        order = self._call_off(self.framework, {"MB-01": 2}).with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "at least one"):
            order.action_outsourcing_report_paper()
        order.outsourcing_order_line_ids.quantity_reported = 2
        self._report_on_paper(order, self.performer)
        self.assertEqual(order.outsourcing_reported_by_id, self.user_supervisor)
        with self.assertRaisesRegex(UserError, "another person"):
            order.action_outsourcing_accept_quantities()
        order.with_user(self.user_supervisor2).action_outsourcing_accept_quantities()
        self.assertEqual(order.outsourcing_measure_state, "accepted")

    def test_a_large_order_needs_a_manager_as_well(self):
        self.company.outsourcing_repairs_manager_amount = 370.0
        small = self._perform(self.framework, {"MB-01": 2})
        self.assertEqual(small.outsourcing_measure_state, "accepted")
        large = self._report(self._call_off(self.framework, {"MB-01": 3}))
        self._accept(large)
        self.assertEqual((large.outsourcing_measure_state, large.state), ("checked", "01_in_progress"))
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            large.with_user(self.user_supervisor2).action_outsourcing_approve_quantities()
        large.with_user(self.user_manager).action_outsourcing_approve_quantities()
        self.assertEqual(large.outsourcing_approved_by_id, self.user_manager)
        self.assertEqual((large.outsourcing_measure_state, self.door.quantity_measured), ("accepted", 5.0))

    def test_a_manager_who_checked_does_not_approve(self):
        self.company.outsourcing_repairs_manager_amount = 100.0
        order = self._report(self._call_off(self.framework, {"MB-01": 3}))
        order.with_user(self.user_manager).action_outsourcing_accept_quantities()
        with self.assertRaisesRegex(UserError, "another person"):
            order.with_user(self.user_manager).action_outsourcing_approve_quantities()
        order.with_user(self.user_manager2).action_outsourcing_approve_quantities()

    def test_more_than_reported_is_never_accepted(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 2}))
        line = order.outsourcing_order_line_ids.with_user(self.user_supervisor)
        line.quantity_performed = 3
        with self.assertRaisesRegex(UserError, "than the contractor reported"):
            self._accept(order)
        line.quantity_performed = 0
        with self.assertRaisesRegex(UserError, "nothing performed"):
            self._accept(order)

    def test_a_report_sent_back_is_reported_again(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 2}), {"MB-01": 9})
        order.with_user(self.user_supervisor).action_outsourcing_return_quantities()
        self.assertEqual(order.outsourcing_measure_state, "estimate")
        self.assertEqual(order.outsourcing_order_amount, 370.0)
        self.assertFalse(order.outsourcing_reported_by_id)
        self._report(order, {"MB-01": 2})
        self._accept(order)
        self.assertEqual(order.outsourcing_order_amount, 370.0)

    def test_photos_are_taken_until_the_acceptance(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 2}))
        self._add_photo(order)
        self._accept(order)
        with self.assertRefused("no longer takes photos or files."):
            self._add_photo(order)
        self.assertEqual(order.evidence_ids.contract_id, self.framework)

    def test_a_manager_is_asked_and_the_activity_goes_with_the_acceptance(self):
        self.company.outsourcing_repairs_manager_amount = 100.0
        order = self._accept(self._report(self._call_off(self.framework, {"MB-01": 3})))
        self.assertEqual(order.activity_ids.user_id, self.user_manager)
        order.with_user(self.user_manager2).action_outsourcing_approve_quantities()
        self.assertFalse(order.activity_ids)

    def test_rectification_is_at_the_cost_of_the_contractor(self):
        order = self._call_off(self.framework, {}, outsourcing_kind="rectification")
        self.assertFalse(order.outsourcing_measure_state)
        with self.assertRaisesRegex(UserError, "not priced by quantity"):
            self.env["outsourcing.order.line"].with_user(self.user_supervisor).create(
                {"task_id": order.id, "item_id": self.door.id}
            )
        order.with_user(self.portal_contractor)._portal_report("completed")

    def test_accepted_quantities_are_not_reopened(self):
        order = self._perform(self.framework, {"MB-01": 1}).with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "order a rectification"):
            order._reopen_orders("Loose again")
        self.assertEqual(order.outsourcing_measure_state, "accepted")

    def test_reopening_a_reported_order_lets_the_contractor_report_again(self):
        order = self._report(self._call_off(self.framework, {"MB-01": 1}))
        order.with_user(self.user_supervisor)._reopen_orders("Not finished")
        self.assertEqual(order.outsourcing_measure_state, "estimate")
        self._report(order, {"MB-01": 1})
        self.assertEqual(order.outsourcing_measure_state, "reported")

    def test_order_priced_by_quantity_is_not_closed_without_quantities(self):
        order = self._call_off(self.framework, {"MB-01": 1}).with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "quantities are accepted"):
            order._close_orders("Seen on site")

    def test_acceptance_of_many_orders_in_one_go(self):
        orders = self.env["project.task"].union(
            *(self._report(self._call_off(self.framework, {"MB-01": 1})) for _index in range(3))
        )
        orders.with_user(self.user_supervisor).action_outsourcing_accept_quantities()
        self.assertEqual(set(orders.mapped("outsourcing_measure_state")), {"accepted"})
        self.assertEqual(self.door.quantity_measured, 3.0)
        self.assertEqual(set(orders.mapped("outsourcing_date_accepted")), {fields.Date.context_today(orders)})
