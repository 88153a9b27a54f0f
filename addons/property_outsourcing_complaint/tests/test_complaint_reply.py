from odoo.tests import Form, tagged

from .complaint_common import ComplaintCommon

REPLY = "property_outsourcing_complaint.reply_%s"


@tagged("post_install", "-at_install")
class TestComplaintReply(ComplaintCommon):
    """Words for residents are data: chosen by the desk while it answers, or told by themselves."""

    def _open_answer(self, complaint):
        action = complaint.action_answer()
        return Form(complaint.env[action["res_model"]].with_context(**action["context"]))

    def test_the_desk_chooses_words_while_it_answers(self):
        complaint = self._accepted()
        dialogue = self._open_answer(complaint)
        dialogue.complaint_reply_id = self.env.ref(REPLY % "on_the_way")
        self.assertIn(f"We are on our way to {self.elevator.name}.", dialogue.reason)
        dialogue.reason += " At six."
        dialogue.save().action_confirm()
        self.assertIn("At six.", complaint.talk_ids.body)

    def test_only_what_fits_the_category_is_offered(self):
        lift = self.env.ref(REPLY % "lift_rescue")
        smell = self.env.ref("property_outsourcing_complaint.problem_water_smell")
        self.assertIn(lift, self._open_answer(self._accepted()).complaint_reply_ids[:])
        other = self._accepted(problem_id=smell.id, equipment_id=False, location_id=self.building.id)
        offered = self._open_answer(other).complaint_reply_ids[:]
        self.assertTrue(offered)
        self.assertNotIn(lift, offered)
        self.assertNotIn(self.env.ref(REPLY % "done"), offered)

    def test_other_documents_are_offered_no_replies(self):
        action = self._done().action_return()
        dialogue = Form(
            self.env[action["res_model"]].with_user(self.user_supervisor).with_context(**action["context"])
        )
        self.assertFalse(dialogue.complaint_reply_ids[:])

    def test_what_is_told_by_itself_is_changed_by_the_administrator(self):
        reply = self.env.ref(REPLY % "done").with_user(self.user_admin)
        reply.body = "Done at {place}; the number is {number}."
        complaint = self._done()
        self.assertIn(
            f"Done at {self.elevator.name}; the number is {complaint.name}.",
            complaint.talk_ids.mapped("body"),
        )

    def test_what_is_archived_is_not_told(self):
        self.env.ref(REPLY % "done").active = False
        complaint = self._done()
        self.assertEqual(complaint.state, "done")
        self.assertNotIn("It is done", " ".join(complaint.talk_ids.mapped("body")))

    def test_unknown_names_in_braces_are_refused(self):
        with self.assertRefused("{phone} stands for nothing here; possible are {number}, {place}."):
            self.env.ref(REPLY % "received").body = "Call {phone}"

    def test_what_the_code_looks_for_is_not_deleted(self):
        with self.assertRefused("What is told by itself is archived, not deleted"):
            self.env.ref(REPLY % "done").unlink()
        self.env.ref(REPLY % "received").unlink()

    def test_a_name_in_braces_is_no_way_into_the_system(self):
        reply = self.env.ref(REPLY % "rejected")
        self.assertEqual(
            reply._write_for(reason="{number.__class__}"), "We cannot take it up: {number.__class__}"
        )
