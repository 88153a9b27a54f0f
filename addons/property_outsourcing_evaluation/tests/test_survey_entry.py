import base64

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.tests.common import PIXEL

from .survey_common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyEntry(SurveyCommon):
    """Paper and telephone, typed in by the property company."""

    def setUp(self):
        super().setUp()
        self.survey = self._start_round()

    def _type(self, marks="12345012", channel="paper", user=None, room=0):
        survey = self.survey.with_user(user or self.user_supervisor)
        action = survey.action_record_paper() if channel == "paper" else survey.action_record_phone()
        form = Form(
            self.env[action["res_model"]].with_user(survey.env.user).with_context(**action["context"])
        )
        form.ballot_id = self._ballot(self.survey, room).sudo(False)
        form.marks = marks
        if channel == "paper":
            form.scan = base64.b64encode(PIXEL)
        form.comment = "Lamp in the stairs"
        return form.save()

    def test_a_paper_is_typed_in_with_its_scan(self):
        wizard = self._type()
        action = wizard.action_record()
        self.assertEqual(action["res_model"], "outsourcing.survey.entry")
        ballot = self._ballot(self.survey)
        self.assertRecordValues(
            ballot, [{"is_returned": True, "channel": "paper", "entered_by_id": self.user_supervisor.id}]
        )
        lines = self._answers(self.survey).user_input_line_ids.filtered("suggested_answer_id")
        self.assertEqual(lines.suggested_answer_id.mapped("sequence"), [1, 2, 3, 4, 5, 1, 2])
        self.assertEqual(self.survey.scan_ids.mapped("name"), ["1"])
        self.assertFalse(wizard.exists())

    def test_marks_count_where_no_form_filled_them_in(self):
        entry = self.env["outsourcing.survey.entry"].with_user(self.user_supervisor)
        entry = entry.create({"round_id": self.survey.id, "channel": "phone", "marks": "12345012",
                              "ballot_id": self._ballot(self.survey).id})  # fmt: skip
        entry.action_record()
        lines = self._answers(self.survey).user_input_line_ids
        self.assertEqual(lines.suggested_answer_id.mapped("sequence"), [1, 2, 3, 4, 5, 1, 2])

    def test_answers_do_not_name_who_typed_them_in(self):
        self._type().action_record()
        answers = self._answers(self.survey)
        people = answers.create_uid | answers.user_input_line_ids.create_uid
        self.assertEqual(people, self.env.ref("base.user_root"))

    def test_a_telephone_interview_needs_no_scan(self):
        self._type(channel="phone").action_record()
        self.assertEqual(self._ballot(self.survey).channel, "phone")

    def test_an_empty_paper_is_returned_and_says_nothing(self):
        wizard = self._type(marks="00000000")
        wizard.comment = False
        wizard.action_record()
        self.assertEqual(self.survey.returned_count, 1)
        self.assertFalse(self._answers(self.survey))

    def test_a_paper_without_scan_or_with_strange_marks_is_refused(self):
        with self.assertRefused("Add the scan or a photo of the paper"):
            wizard = self._type()
            wizard.scan = False
            wizard.action_record()
        for marks in ("1234567", "123456789", "12a"):
            with self.assertRefused("Type one digit from 0 to 5"):
                self._type(marks=marks)

    def test_a_household_that_has_voted_is_refused(self):
        wizard = self._type()
        self._vote(self.survey)
        with self.assertRefused("Your household has voted already"):
            wizard.action_record()

    def test_strangers_and_other_surveys_are_refused(self):
        with self.assertRaises(AccessError):  # core's own
            self._type(user=self.user_outsider)
        wizard = self._type()
        locations = self.env["outsourcing.location"]
        locations.create({"name": "1", "kind": "room", "community_id": self.other_community.id})
        other = self._start_round(community_id=self.other_community.id)
        wizard.sudo().ballot_id = other.sudo().ballot_ids
        with self.assertRaises(AccessError):  # core's own
            wizard.action_record()

    def test_scans_stay_once_it_is_counted(self):
        self._type().action_record()
        self._count_round(self.survey)
        with self.assertRefused("can no longer be"):
            self.survey.scan_ids.with_user(self.user_manager).unlink()
