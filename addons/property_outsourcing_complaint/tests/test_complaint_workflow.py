from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintWorkflow(ComplaintCommon):
    """From the desk's entry to the file; only the resident says that it is right."""

    def test_the_desk_enters_what_a_caller_says(self):
        form = Form(self.env["outsourcing.complaint"].with_user(self.user_supervisor))
        form.problem_id = self.stuck
        form.equipment_id = self.elevator
        with form.reporter_ids.new() as person:
            person.name, person.phone = "Mr Li", "+86 139 1234 5678"
        complaint = form.save()
        self.assertRecordValues(
            complaint,
            [
                {
                    "community_id": self.community.id,
                    "location_id": self.building.id,
                    "service_type_id": self.service_elevator.id,
                    "priority": "p1",
                    "title": "Lift does not run",
                    "phone": "13912345678",
                }
            ],
        )
        self.assertTrue(complaint.name.startswith("BS-"))
        self.assertIn(self._asked(complaint, "new").user_id, self.community.supervisor_ids)

    def test_something_has_to_be_said(self):
        with self.assertRefused("Choose a problem"):
            self._report_matter(problem_id=False, description=" ")

    def test_a_hotline_case_names_its_number(self):
        with self.assertRefused("Enter the number under which 12345"):
            self._report_matter(channel="hotline")

    def test_whoever_accepts_deals_with_it(self):
        complaint = self._accepted()
        self.assertEqual((complaint.state, complaint.user_id), ("accepted", self.user_supervisor))
        self.assertFalse(self._asked(complaint, "new"))

    def test_the_desk_records_what_the_resident_said_on_the_telephone(self):
        complaint = self._done()
        self.assertTrue(self._asked(complaint, "call"))
        action = complaint.action_confirm()
        wizard = Form(complaint.env[action["res_model"]].with_context(**action["context"]))
        wizard.stars, wizard.comment = "5", "Quick"
        wizard.save().action_confirm()
        self.assertRecordValues(
            complaint,
            [{"state": "confirmed", "confirmed_by": "desk", "stars": 5, "resident_comment": "Quick"}],
        )
        self.assertFalse(self._asked(complaint, "call"))
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")

    def test_staff_does_not_close_what_nobody_confirmed(self):
        complaint = self._done()
        with self.assertRefused("It is right when the resident says so"):
            complaint.action_close()

    def test_a_return_is_counted_and_comes_to_the_supervisor(self):
        complaint = self._done()
        self._take(complaint, "action_return", "The door still jams")
        self.assertEqual((complaint.state, complaint.return_count), ("returned", 1))
        self.assertIn("The door still jams", self._asked(complaint, "returned").summary)
        self.assertFalse(complaint.date_done)

    def test_what_is_not_taken_up_says_why_to_the_resident(self):
        complaint = self._report_matter()
        self._take(complaint, "action_reject", "It is the neighbour's own pipe")
        self.assertEqual(complaint.state, "rejected")
        self.assertIn("It is the neighbour's own pipe", complaint.talk_ids.body)

    def test_a_question_is_answered_without_an_order(self):
        complaint = self._accepted(kind="question", description="When is the lift checked?")
        self._take(complaint, "action_done", "On the first Monday of each month")
        self.assertEqual(complaint.state, "done")
        self.assertEqual(complaint.done_note, "On the first Monday of each month")
        self.assertTrue(complaint.date_answered)

    def test_a_message_of_staff_is_the_first_answer(self):
        complaint = self._accepted()
        self.assertFalse(complaint.date_answered)
        self._take(complaint, "action_answer", "We are on our way")
        self.assertTrue(complaint.date_answered)
        self.assertRecordValues(
            complaint.talk_ids, [{"direction": "out", "user_id": self.user_supervisor.id}]
        )

    def test_a_second_matter_is_split_off_with_its_people(self):
        complaint = self._accepted()
        self._take(complaint, "action_split", "The corridor is dark as well")
        second = complaint.search([("split_from_id", "=", complaint.id)])
        self.assertEqual((second.state, second.title), ("new", "The corridor is dark as well"))
        self.assertEqual(second.phone, complaint.phone)

    def test_what_was_said_stays_and_the_end_is_the_end(self):
        complaint = self._accepted()
        with self.assertRefused("can no longer be changed"):
            complaint.description = "Something else"
        self._take(complaint, "action_reject", "Twice the same")
        with self.assertRefused("can no longer be changed"):
            complaint.priority = "p3"
        complaint.internal_note = "A misunderstanding"

    def test_nobody_writes_what_the_steps_stamp(self):
        complaint = self._accepted()
        for vals in ({"stars": 5}, {"date_confirmed": "2026-01-01 00:00:00"}, {"confirmed_by": "resident"}):
            with self.assertRefused("These values are written by the system alone"):
                complaint.write(vals)
        with self.assertRefused("The state changes only through"):
            complaint.state = "confirmed"
        with self.assertRefused("can no longer be deleted", error=Exception):
            complaint.sudo().unlink()

    def test_only_staff_of_the_community_takes_steps(self):
        complaint = self._report_matter()
        with self.assertRaises(AccessError):  # core's own
            complaint.with_user(self.user_outsider).action_accept()
        with self.assertRaises(AccessError):  # core's own
            complaint.with_user(self.user_finance).action_accept()

    def test_reporters_of_a_complaint_that_is_over_stay(self):
        complaint = self._report_matter()
        self._take(complaint, "action_reject", "No")
        with self.assertRefused("Who reported a complaint that is over stays on record"):
            complaint.reporter_ids.unlink()
        with self.assertRefused("Who reported a complaint that is over stays on record"):
            complaint.reporter_ids = [Command.create({"name": "Late"})]
