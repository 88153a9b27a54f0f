from odoo.tests import Form, tagged

from .complaint_common import PHONE, ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintDispatch(ComplaintCommon):
    """The contract is found; the order moves the complaint; the contractor learns what, not who."""

    def _open_dialogue(self, complaints):
        action = complaints.action_dispatch()
        return Form(complaints.env[action["res_model"]].with_context(**action["context"]))

    def test_the_contract_that_covers_the_lift_is_found(self):
        complaint = self._accepted()
        dialogue = self._open_dialogue(complaint)
        self.assertEqual((dialogue.contract_id, dialogue.way), (self.contract, "contract"))
        self.assertIn("covers it", dialogue.note)
        dialogue.save().action_confirm()
        order = complaint.task_id
        self.assertRecordValues(
            order,
            [
                {
                    "outsourcing_contract_id": self.contract.id,
                    "outsourcing_equipment_id": self.elevator.id,
                    "outsourcing_priority": "p1",
                    "outsourcing_community_id": self.community.id,
                }
            ],
        )
        self.assertEqual((complaint.state, complaint.contractor_id), ("dispatched", self.contractor))
        self.assertTrue(complaint.date_answered)

    def test_without_equipment_place_and_service_find_it(self):
        complaint = self._accepted(equipment_id=False, location_id=self.building.id)
        self.assertEqual(self._open_dialogue(complaint).contract_id, self.contract)

    def test_no_contract_says_so_and_offers_own_staff(self):
        smell = self.env.ref("property_outsourcing_complaint.problem_water_smell")
        complaint = self._accepted(problem_id=smell.id, equipment_id=False, location_id=self.building.id)
        dialogue = self._open_dialogue(complaint)
        self.assertIn("No running contract covers", dialogue.note)
        self.assertEqual(dialogue.way, "staff")
        dialogue.user_id = self.user_supervisor2
        dialogue.save().action_confirm()
        self.assertEqual(self._asked(complaint, "own").user_id, self.user_supervisor2)
        self._take(complaint.with_user(self.user_supervisor2), "action_done", "Rinsed the trap")
        self.assertEqual(complaint.state, "done")
        self.assertFalse(self._asked(complaint, "own"))

    def test_several_contracts_are_named(self):
        other = self._create_active_contract(contractor_id=self.competitor.id, title="Second")
        complaint = self._accepted(equipment_id=False, location_id=self.building.id)
        dialogue = self._open_dialogue(complaint)
        self.assertIn("Several contracts cover it", dialogue.note)
        self.assertFalse(dialogue.contract_id)
        dialogue.contract_id = other
        dialogue.save().action_confirm()
        self.assertEqual(complaint.contract_id, other)

    def test_a_contract_that_does_not_cover_it_is_refused(self):
        complaint = self._accepted()
        facade = self._create_works_contract()
        with self.assertRefused("does not cover this place and service"):
            complaint._dispatch_to_contract(facade.with_user(self.user_supervisor), "Go")

    def test_one_order_for_two_complaints(self):
        complaints = self._accepted() | self._accepted(problem_id=self.stuck.id, description="Still stuck")
        order = self._dispatch_matter(complaints)
        self.assertEqual(len(order), 1)
        self._finish_order(order)
        self.assertEqual(set(complaints.mapped("state")), {"done"})

    def test_the_contractor_never_reads_telephone_or_name(self):
        complaint = self._dispatched(description=f"Call {PHONE} or 139 1234 5678 please")
        order = complaint.task_id.with_env(self.env)
        told = f"{order.name} {order.description} {order.message_ids.mapped('body')}"
        for secret in (PHONE, "139 1234 5678", "Ms Wang"):
            self.assertNotIn(secret, told)
        self.assertIn("***", order.description)
        for model in ("outsourcing.complaint", "outsourcing.complaint.reporter"):
            self.assertFalse(self.env[model].with_user(self.portal_contractor).has_access("read"))
        with self.assertRefused("You do not have enough rights", error=Exception):
            order.with_user(self.portal_contractor).read(["outsourcing_complaint_ids"])

    def test_a_report_taken_back_tells_the_resident_and_is_no_report(self):
        complaint = self._dispatched()
        complaint.task_id.with_user(self.portal_contractor)._portal_report("completed", self.performer)
        complaint.task_id.with_user(self.portal_contractor)._portal_take_back()
        self.assertFalse(complaint.date_reported)
        self.assertIn("sent by mistake", complaint.talk_ids.sorted("id")[-1].body)

    def test_the_report_of_the_contractor_asks_nobody_yet(self):
        complaint = self._dispatched()
        for step in ("responded", "arrived", "completed"):
            complaint.task_id.with_user(self.portal_contractor)._portal_report(step, self.performer)
        self.assertEqual(complaint.state, "dispatched")
        self.assertTrue(complaint.date_reported)
        self.assertIn("Somebody is on site.", complaint.talk_ids.mapped("body"))
        complaint.task_id.with_user(self.user_supervisor).action_outsourcing_done()
        self.assertEqual(complaint.state, "done")
        self.assertTrue(complaint.date_silence_due)

    def test_an_open_order_is_not_passed_by(self):
        complaint = self._dispatched()
        for step in ("done", "accepted"):
            with self.assertRefused("is still open; close it first"):
                complaint._transition_to(step)

    def test_a_cancelled_order_brings_the_complaint_back(self):
        complaint = self._dispatched()
        complaint.task_id.with_user(self.user_supervisor)._close_orders("Wrong lift", "1_canceled")
        self.assertEqual((complaint.state, complaint.task_id), ("accepted", self.env["project.task"]))
        self.assertEqual(self._asked(complaint, "cancelled").user_id, self.user_supervisor)
        self._dispatch_matter(complaint)
        self.assertFalse(self._asked(complaint, "cancelled"))

    def test_a_returned_complaint_goes_back_to_the_contractor(self):
        complaint = self._done()
        order = complaint.task_id
        self._take(complaint, "action_return", "The door still jams")
        self.assertTrue(order.is_closed)
        dialogue = self._open_dialogue(complaint)
        self.assertEqual(dialogue.way, "again")
        self.assertIn("The door still jams", dialogue.instruction)
        dialogue.save().action_confirm()
        self.assertEqual((complaint.state, complaint.task_id), ("dispatched", order))
        self.assertEqual((order.is_closed, order.outsourcing_reopen_count), (False, 1))

    def test_an_order_reopened_by_staff_asks_the_resident_no_more(self):
        complaint = self._done()
        complaint.task_id.with_user(self.user_supervisor)._reopen_orders("Not level")
        self.assertEqual((complaint.state, complaint.date_done), ("dispatched", False))

    def test_another_community_is_another_order(self):
        other = (
            self.env["outsourcing.complaint"]
            .with_user(self.user_manager)
            .create({"community_id": self.other_community.id, "problem_id": self.stuck.id})
        )
        other.action_accept()
        both = self._accepted().with_user(self.user_manager) | other
        with self.assertRefused("One order is for one community"):
            self._dispatch_matter(both, way="staff")
