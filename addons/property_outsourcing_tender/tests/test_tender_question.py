from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestTenderQuestion(TenderCommon):
    """Bidders ask, the answer goes to all; nobody in the house learns who asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tender = cls._publish(cls._create_tender())

    def _ask(self, firm, text="Are the cabins to be cleaned?"):
        office = self.offices[firm]
        self.env["outsourcing.tender.question"].with_user(office)._portal_ask(
            self.tender.with_user(office), text
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return self.tender.sudo().question_ids[-1:]

    def _answer(self, question, user=None):
        question.with_user(user or self.user_supervisor)._take_reasoned_step("answer", "Yes, weekly.")

    def test_no_trace_of_the_asker_is_left(self):
        question = self._ask(self.competitor)
        marks = {self.competitor.id, self.portal_competitor.id, self.portal_competitor.partner_id.id}
        activity = self.tender.sudo().activity_ids
        for record in (question, activity, *self.tender.sudo().message_ids):
            self.assertFalse(marks & {record.create_uid.id, record.write_uid.id}, record)
        self.assertEqual(activity.user_id, self.user_manager)
        self.assertFalse(self.tender.sudo().message_partner_ids & self.competitor.child_ids)
        for user in (self.user_manager, self.user_admin):
            with self.assertRaises(AccessError):  # core's own
                question.with_user(user).read(["asker_hash"])
            self.assertNotIn("asker_hash", question.with_user(user).read()[0])

    def test_only_the_asker_reads_a_question_that_waits(self):
        self._ask(self.competitor)
        tender = self.tender.sudo()
        self.assertTrue(tender._get_questions_of(self.competitor))
        self.assertFalse(tender._get_questions_of(self.contractor))

    def test_the_answer_is_read_by_all(self):
        question = self._ask(self.competitor)
        self._answer(question)
        read = self.tender.sudo()._get_questions_of(self.contractor)
        self.assertEqual(read.mapped("answer"), ["Yes, weekly."])
        self.assertEqual(question.answered_by_id, self.user_supervisor)
        self.assertFalse(self.tender.sudo().activity_ids)

    def test_an_answer_is_given_once_and_by_us(self):
        question = self._ask(self.competitor)
        self._answer(question)
        with self.assertRefused("is Answered and cannot become Answered"):
            self._answer(question)
        with self.assertRaises(AccessError):  # core's own
            self._answer(self._ask(self.contractor, "What of the pits?"), self.portal_competitor)
        with self.assertRaises(AccessError):  # core's own
            question.with_user(self.user_manager).write({"answer": "No."})

    def test_names_and_phones_of_the_firm_are_refused(self):
        self.competitor.phone = "020-81234567"
        for text in ("Rapid Elevators asks: why?", "Call 020-81234567"):
            with self.subTest(text=text), self.assertRefused("nobody may know who asks"):
                self._ask(self.competitor, text)
        self.assertFalse(self.tender.sudo().question_ids)

    def test_questions_end_on_their_day(self):
        self.tender._gated().date_questions = self.tender.date_deadline - timedelta(days=10)
        with (
            freeze_time(self.tender.date_questions + timedelta(seconds=1)),
            self.assertRefused("Questions were taken until "),
        ):
            self._ask(self.competitor)

    def test_no_answer_after_the_deadline(self):
        question = self._ask(self.competitor)
        with self._after_deadline(self.tender), self.assertRefused("questions are no longer answered"):
            self._answer(question)

    def test_a_flood_of_questions_is_stopped(self):
        for number in range(10):
            self._ask(self.competitor, f"Question {number}?")
        with self.assertRefused("10 of your questions wait for their answers already."):
            self._ask(self.competitor, "One more?")
        self._ask(self.contractor, "And ours?")

    def test_strangers_and_staff_do_not_ask(self):
        questions = self.env["outsourcing.tender.question"]
        with self.assertRefused("Only the people of a firm ask"):
            questions.with_user(self.user_manager)._portal_ask(self.tender, "Why?")
        stranger = self._create_contractor("Stranger", services=self.service_elevator)
        office = self._create_portal_user("13800000029", "Stranger's office", stranger)
        with self.assertRaises(AccessError):  # core's own
            questions.with_user(office)._portal_ask(self.tender.with_user(office), "Why?")
