from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .survey_common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyBallot(SurveyCommon):
    """One vote per household, and nothing that leads from it to the answer."""

    def test_a_household_votes_once(self):
        survey = self._start_round()
        self._vote(survey)
        with self.assertRefused("Your household has voted already"):
            self._vote(survey)
        self.assertEqual(len(self._answers(survey)), 1)
        self.assertEqual(survey.returned_count, 1)

    def test_nobody_votes_before_and_after(self):
        survey = self._start_round(date_from=fields.Date.today() + timedelta(days=2))
        with self.assertRefused("The survey begins on"):
            self._vote(survey)
        with freeze_time(fields.Datetime.now() + timedelta(days=60)), self.assertRefused("survey is closed"):
            self._vote(survey)

    def test_a_level_of_another_question_is_refused_and_the_vote_kept(self):
        survey = self._start_round()
        levels = self._choose(survey)
        first, second = list(levels)[:2]
        with self.assertRefused("choose one of the levels"), self.env.cr.savepoint():
            self._ballot(survey)._vote({**levels, first: levels[second]})
        self._vote(survey)

    def test_something_is_said_about_the_whole(self):
        survey = self._start_round()
        with self.assertRefused("Please answer: All in all"):
            self._ballot(survey)._vote({})

    def test_codes_are_found_however_they_are_grouped(self):
        survey = self._start_round()
        ballot = self._ballot(survey)
        code = ballot.code
        for typed in (code, code.lower(), f"{code[:5]}-{code[5:]}", f" {code[:5]} {code[5:]} "):
            self.assertEqual(self.env["outsourcing.ballot"]._find(typed), ballot)
        for typed in (None, "", code[:-1], code + "A", "%", "0" * 10):
            self.assertFalse(self.env["outsourcing.ballot"]._find(typed))

    def test_codes_are_read_by_nobody(self):
        survey = self._start_round()
        for user in (self.user_admin, self.user_manager, self.user_supervisor):
            ballots = survey.ballot_ids.with_user(user)
            with self.assertRaises(AccessError):  # core's own
                ballots.read(["code"])
            with self.assertRaises(AccessError):  # core's own
                ballots.search([("code", "like", "A")])

    def test_ballots_are_marked_by_nobody(self):
        survey = self._start_round()
        for vals in ({"is_returned": True}, {"code": "A" * 10}):
            with self.assertRaises(AccessError):  # core's own
                survey.ballot_ids[0].with_user(self.user_manager).write(vals)


@tagged("post_install", "-at_install")
class TestSurveySecret(SurveyCommon):
    """Who voted what is read from nothing."""

    def setUp(self):
        super().setUp()
        self.survey = self._start_round()
        for room in range(5):
            self._vote(self.survey, room, room % 5, comment=f"Word {room}")

    def _columns(self, table):
        self.env.flush_all()
        self.env.cr.execute(f"SELECT * FROM {table} LIMIT 1")  # pylint: disable=sql-injection
        return {column.name for column in self.env.cr.description}

    def test_answers_are_read_by_no_role(self):
        answers = self._answers(self.survey)
        for user in (self.user_admin, self.user_manager, self.user_supervisor, self.portal_representative):
            for records in (answers, answers.user_input_line_ids):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):  # core's own
                    records.with_user(user).read(["id"])
                if records.with_user(user).has_access("read"):
                    self.assertFalse(records.with_user(user).search([("id", "in", records.ids)]))

    def test_answers_are_written_by_no_role(self):
        answer = self._answers(self.survey)[0]
        question = self.survey._get_levels()[0][0]
        line = {"user_input_id": answer.id, "question_id": question.id, "skipped": True}
        vals = {"survey_id": self.survey.survey_id.id, "outsourcing_round_id": self.survey.id}
        admin = self.env(user=self.env.ref("base.user_admin"))
        for change in (
            lambda: answer.write({"nickname": "Room 101"}),
            lambda: answer.user_input_line_ids[0].write({"suggested_answer_id": False, "skipped": True}),
            lambda: answer.user_input_line_ids[0].unlink(),
            lambda: answer.unlink(),
            lambda: admin["survey.user_input"].sudo().create(vals),
            lambda: admin["survey.user_input.line"].sudo().create(line),
        ):
            with self.assertRefused("is counted, never written or changed"), self.env.cr.savepoint():
                change()

    def test_ballots_know_no_time_and_no_answer(self):
        names = self._columns("outsourcing_ballot")
        self.assertFalse(names & {"create_date", "write_date", "create_uid", "write_uid", "answer_id"})
        fields_of_answers = self.env["survey.user_input"]._fields.values()
        self.assertFalse([field for field in fields_of_answers if field.comodel_name == "outsourcing.ballot"])

    def test_answers_carry_no_person_and_one_moment(self):
        self._ballot(self.survey).with_user(self.portal_representative)
        answers = self._answers(self.survey)
        for name in ("partner_id", "email", "nickname", "invite_token", "lang_id", "start_datetime",
                     "end_datetime"):  # fmt: skip
            self.assertFalse(any(answers.mapped(name)), name)
        for records in (answers, answers.user_input_line_ids):
            self.assertEqual(len(set(records.mapped("create_date"))), 1)
            self.assertEqual(len(set(records.mapped("write_date"))), 1)
            self.assertEqual(records.create_uid | records.write_uid, self.env.ref("base.user_root"))
        self.assertFalse(answers.message_ids)

    def _order(self):
        """Return what the lines say in the order of their ids, and of their places in the table."""
        self.env.flush_all()
        query = """SELECT suggested_answer_id FROM survey_user_input_line l JOIN survey_user_input a
            ON a.id = l.user_input_id WHERE a.outsourcing_round_id = %s AND suggested_answer_id IS NOT NULL
            ORDER BY l."""
        orders = []
        for name in ("id", "ctid"):
            self.env.cr.execute(query + name, [self.survey.id])
            orders.append([level for (level,) in self.env.cr.fetchall()])
        return orders

    def test_mixing_leaves_no_order_and_every_answer_whole(self):
        def sets(answers):
            return sorted(sorted(a.user_input_line_ids.suggested_answer_id.ids) for a in answers)

        answers = self._answers(self.survey)
        before, whole, by_id = self._order(), sets(answers), answers.user_input_line_ids.ids
        self.survey.sudo()._mix_answers()
        answers = self._answers(self.survey)
        self.assertEqual(sets(answers), whole)
        self.assertFalse(set(by_id) & set(answers.user_input_line_ids.ids))
        for old, new in zip(before, self._order(), strict=True):
            self.assertNotEqual(old, new)
            self.assertEqual(sorted(old), sorted(new))

    def test_mixing_keeps_the_ballots(self):
        before = self.survey.ballot_ids.sudo().read()
        self.survey.sudo()._mix_answers()
        self.assertEqual(self.survey.ballot_ids.sudo().read(), before)

    def test_comments_are_torn_off_and_read_by_managers(self):
        self._count_round(self.survey)
        comments = self.survey.comment_ids
        self.assertEqual(sorted(comments.mapped("text")), [f"Word {n}" for n in range(5)])
        lines = self._answers(self.survey).user_input_line_ids
        self.assertFalse(lines.filtered("value_text_box"))
        for user in (self.user_supervisor, self.portal_representative, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                comments.with_user(user).read(["text"])
        comments[0].with_user(self.user_manager).is_handled = True
        with self.assertRefused("written by the system alone"):
            comments[0].with_user(self.user_manager).text = "All is well"

    def test_a_comment_becomes_one_matter(self):
        comment = self._count_round(self.survey).comment_ids[0].with_user(self.user_manager)
        self.assertEqual(comment._prepare_matter_vals()["community_id"], self.community.id)
        comment._take_up(self.community)
        with self.assertRefused("taken up already"):
            comment._take_up(self.community)
