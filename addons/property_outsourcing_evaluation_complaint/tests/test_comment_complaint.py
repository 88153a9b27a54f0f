from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .comment_common import WORDS, CommentCommon


@tagged("post_install", "-at_install")
class TestCommentComplaint(CommentCommon):
    """A manager makes a complaint of what a household wrote."""

    def test_a_comment_becomes_a_complaint_that_nobody_reported(self):
        comment = self._comment()
        action = comment.action_make_complaints()
        complaint = self.env[action["res_model"]].browse(action["res_id"])
        self.assertRecordValues(
            complaint,
            [
                {
                    "channel": "survey",
                    "kind": "complaint",
                    "community_id": self.community.id,
                    "problem_id": self.stopped.id,
                    "internal_note": WORDS,
                    "state": "new",
                }
            ],
        )
        self.assertFalse(complaint.reporter_ids)
        self.assertTrue(comment.is_handled)

    def test_both_lead_to_each_other(self):
        comment = self._comment()
        complaint = self.env["outsourcing.complaint"].browse(comment.action_make_complaints()["res_id"])
        self.assertEqual(comment.action_view_matter()["res_id"], complaint.id)
        action = complaint.with_user(self.user_manager).action_view_survey_comment()
        self.assertEqual((action["res_model"], action["res_id"]), (self.survey._name, self.survey.id))

    def test_a_second_click_leads_to_the_first_complaint(self):
        comment = self._comment()
        first = comment.action_make_complaints()["res_id"]
        self.assertEqual(comment.action_make_complaints()["res_id"], first)
        self.assertEqual(len(comment.complaint_ids), 1)

    @mute_logger("odoo.sql_db")
    def test_two_clicks_at_once_are_one_complaint(self):
        comment = self._comment()
        comment.action_make_complaints()
        vals = comment._prepare_complaint_vals()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.env["outsourcing.complaint"]._gated().create(vals)

    def test_what_the_manager_corrects_is_taken(self):
        comment = self._comment()
        other = self.env.ref("property_outsourcing_complaint.problem_elevator_noise")
        comment.write({"problem_id": other.id, "location_id": self.building.id, "matter_kind": "repair"})
        complaint = self.env["outsourcing.complaint"].browse(comment.action_make_complaints()["res_id"])
        self.assertRecordValues(
            complaint, [{"problem_id": other.id, "location_id": self.building.id, "kind": "repair"}]
        )

    def test_who_is_no_manager_makes_none(self):
        comment = self._comment()
        for user in (self.user_supervisor, self.user_finance, self.portal_representative):
            with self.assertRaises(AccessError):  # core's own
                comment.with_user(user).action_make_complaints()

    def test_no_client_says_which_comment_a_complaint_is_made_of(self):
        comment = self._comment()
        vals = {"community_id": self.community.id, "description": "x", "survey_comment_id": comment.id}
        with self.assertRefused("written by the system alone"):
            self.env["outsourcing.complaint"].with_user(self.user_manager).create(vals)

    def test_without_a_problem_it_is_titled_and_can_be_edited(self):
        complaint = self._comment("Xyz")
        complaint = self.env["outsourcing.complaint"].browse(complaint.action_make_complaints()["res_id"])
        self.assertEqual(complaint.title, "Comment in a satisfaction survey")
        form = Form(complaint.with_user(self.user_supervisor))
        form.priority = "p3"
        self.assertEqual(form.save().priority, "p3")

    def test_without_the_add_on_it_is_what_staff_has_seen(self):
        action = self._comment().action_make_complaints()
        complaint = self.env["outsourcing.complaint"].browse(action["res_id"])
        complaint.with_user(self.user_supervisor).action_accept()
        complaint._fields["channel"].ondelete["survey"](complaint)
        self.assertEqual(complaint.channel, "staff")

    def test_its_words_reach_no_contractor(self):
        contract = self._create_active_contract()
        comment = self._comment()
        comment.service_type_id = contract.service_type_id
        complaint = self.env["outsourcing.complaint"].browse(comment.action_make_complaints()["res_id"])
        complaint = complaint.with_user(self.user_supervisor)
        complaint.action_accept()
        action = complaint.action_dispatch()
        form = Form(complaint.env[action["res_model"]].with_context(**action["context"]))
        self.assertFalse(form.instruction)
        form.save().action_confirm()
        order = complaint.task_id
        self.assertEqual(order.name, self.stopped.name)
        for text in (order.name, order.description, *order.sudo().message_ids.mapped("body")):
            self.assertNotIn("Mr Li", text or "")
        self.assertNotIn("Mr Li", complaint._prepare_defect_vals()["description"])
        with self.assertRaises(AccessError):  # core's own
            complaint.with_user(self.portal_contractor).read(["internal_note"])
