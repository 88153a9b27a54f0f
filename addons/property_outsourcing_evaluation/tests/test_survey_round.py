from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..models.survey.outsourcing_ballot import ALPHABET
from .survey_common import EVALUATION, WORST, SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyRound(SurveyCommon):
    """A round from the draft to the published result."""

    def test_every_room_gets_one_ballot_in_its_building(self):
        survey = self._start_round()
        self.assertEqual(survey.ballot_ids.location_id, self.rooms)
        self.assertEqual(survey.issued_count, 5)
        counts = {building.location_id: building.issued_count for building in survey.building_ids}
        self.assertEqual(counts, {self.building: 4, self.second_building: 1})

    def test_a_draft_says_all_that_is_missing(self):
        survey = self._draft_round(
            community_id=self.other_community.id,
            date_from=fields.Date.today() - timedelta(days=9),
            date_to=fields.Date.today() - timedelta(days=1),
        )
        with self.assertRefused("River Bay has no rooms among its locations") as caught:
            survey.action_start()
        self.assertIn("The last day to vote has passed", str(caught.exception))

    def test_any_day_of_the_quarter_will_do(self):
        form = Form(self.env["outsourcing.survey.round"].with_user(self.user_manager))
        form.community_id = self.community
        form.date_quarter = self.quarter + timedelta(days=40)
        self.assertEqual(form.save().date_quarter, self.quarter)

    def test_a_community_is_asked_once_a_quarter(self):
        self._draft_round()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._draft_round(date_quarter=self.quarter + timedelta(days=3))

    def test_who_is_no_manager_neither_starts_nor_publishes(self):
        survey = self._draft_round()
        for user in (self.user_supervisor, self.user_finance, self.portal_representative):
            with self.assertRaises(AccessError):  # core's own
                survey.with_user(user).action_start()

    def test_what_was_asked_stays_as_it_was(self):
        survey = self._start_round()
        with self.assertRefused("can no longer be changed"):
            survey.min_answers = 1
        question = self.env.ref(f"{EVALUATION}.survey_question_cleaning")
        for change in (
            lambda: question.write({"title": "Gardens"}),
            lambda: question.suggested_answer_ids[0].write({"answer_score": 10}),
            lambda: question.write({"suggested_answer_ids": [Command.clear()]}),
            lambda: question.unlink(),
            lambda: question.copy(),
        ):
            with self.assertRefused("its questions stay as they were asked"), self.env.cr.savepoint():
                change()

    def test_the_last_day_moves_forward_and_the_log_keeps_the_old_one(self):
        survey = self._start_round().with_context(tracking_disable=False, mail_notrack=False)
        self.env.cr.precommit.run()  # what was logged before
        day = survey.date_to
        with self.assertRefused("the last day can only be moved forward"), self.env.cr.savepoint():
            survey.date_to = day - timedelta(days=1)
        survey.date_to = day + timedelta(days=3)
        self.env.flush_all()
        self.env.cr.precommit.run()
        survey.invalidate_recordset()
        logged = survey.sudo().message_ids.tracking_value_ids
        moved = logged.filtered(lambda row: row.field_id.name == "date_to")
        self.assertEqual(moved.old_value_datetime.date(), day)

    def test_nobody_but_a_manager_moves_the_last_day(self):
        survey = self._start_round()
        later = survey.date_to + timedelta(days=3)
        for user in (self.user_supervisor, self.user_finance, self.portal_representative):
            with self.assertRaises(AccessError):  # core's own
                survey.with_user(user).date_to = later
        with self.assertRefused("You are not the person who may take this step"):
            survey.with_user(self.user_supervisor).sudo().date_to = later

    def test_once_counted_no_day_is_moved(self):
        survey = self._count_round(self._start_round())
        with self.assertRefused("can no longer be changed"):
            survey.date_to += timedelta(days=3)

    def test_codes_are_drawn_anew_for_each_household(self):
        codes = self._start_round().sudo().ballot_ids.mapped("code")
        self.assertEqual(len(set(codes)), 5)
        self.assertEqual({len(code) for code in codes}, {10})
        self.assertFalse(set("".join(codes)) - set(ALPHABET))

    def test_ballots_are_issued_in_as_many_statements_whatever_their_number(self):
        def count(survey):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            survey.sudo()._issue_ballots()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = count(self._draft_round())
        rooms = [{"name": f"{n}", "kind": "room", "parent_id": self.unit.id} for n in range(300)]
        self.env["outsourcing.location"].create(rooms)
        many = self._draft_round(date_quarter=self.quarter - timedelta(days=1))
        self.assertLessEqual(count(many), few)
        self.assertEqual(many.issued_count, 305)

    def test_a_copy_of_the_questions_keeps_weights_and_services(self):
        survey = self.env.ref(f"{EVALUATION}.survey_household").with_user(self.user_admin)
        for old, new in zip(survey.question_ids, survey.copy().question_ids, strict=True):
            self.assertEqual(new.outsourcing_weight, old.outsourcing_weight)
            self.assertEqual(new.outsourcing_service_type_ids, old.outsourcing_service_type_ids)

    def test_nothing_is_counted_while_people_may_vote(self):
        survey = self._start_round()
        with self.assertRefused("people may vote until"):
            survey.action_count()

    def test_the_schedule_counts_after_the_last_day_and_asks_a_manager_to_publish(self):
        survey = self._start_round()
        self._vote(survey)
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            self.env["outsourcing.survey.round"]._cron_count()
        self.assertEqual(survey.state, "counted")
        asked = self.env.ref(f"{EVALUATION}.activity_type_survey_publish")
        self.assertEqual(survey.activity_ids.activity_type_id, asked)
        self.assertEqual(survey.activity_ids.user_id, self.user_manager)
        survey.action_publish()
        self.assertFalse(survey.activity_ids)

    def test_figures_by_question_and_weights(self):
        survey = self._start_round()
        self._vote(survey, 0)
        self._vote(survey, 1, WORST, cleaning=1)
        self._count_round(survey)
        question = self.env.ref(f"{EVALUATION}.survey_question_cleaning")
        row = survey.result_ids.filtered(lambda row: row.question_id == question)
        self.assertRecordValues(
            row,
            [
                {
                    "count_1": 1,
                    "count_2": 1,
                    "count_5": 0,
                    "valid_count": 2,
                    "satisfied_rate": 100,
                    "score": 90,
                }
            ],
        )
        # half of all, and 40 points more on a weight of 15
        self.assertRecordValues(
            survey, [{"score": 56.0, "satisfied_rate": 57.5, "valid_count": 2, "response_rate": 40.0}]
        )

    def test_what_is_left_out_is_not_judged(self):
        survey = self._start_round()
        levels = self._choose(survey)
        overall = self.env.ref(f"{EVALUATION}.survey_question_overall")
        self._ballot(survey)._vote({overall.id: levels[overall.id]})
        self._count_round(survey)
        self.assertEqual(sum(survey.result_ids.mapped("valid_count")), 1)
        self.assertEqual(survey.score, 100)

    def test_too_few_answers_are_not_representative(self):
        survey = self._start_round(min_answers=3)
        self._vote(survey, 0)
        self._vote(survey, 1)
        self.assertFalse(self._count_round(survey).is_representative)

    def test_too_small_a_share_is_not_representative(self):
        survey = self._start_round(min_rate=60)
        self._vote(survey, 0)
        self._vote(survey, 1)
        self.assertFalse(self._count_round(survey).is_representative)

    def test_results_are_written_by_nobody(self):
        survey = self._publish_round(self._start_round())
        with self.assertRefused("can no longer be changed"):
            survey.write({"score": 99})
        with self.assertRaises(AccessError):  # core's own
            survey.result_ids[0].write({"score": 99})
        with self.assertRefused("can no longer be deleted"):
            survey.unlink()


@tagged("post_install", "-at_install")
class TestSurveyFacts(SurveyCommon):
    """What the households said reaches the scorecards as one fact per contract."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()

    def _facts(self):
        return self.env["outsourcing.fact"].search([("fact_type", "=", "satisfaction")])

    def test_a_contract_is_judged_by_the_question_about_its_service(self):
        survey = self._start_round()
        self._vote(survey, 0, elevator=2)
        self._vote(survey, 1, elevator=1)
        self._publish_round(survey)
        self.assertRecordValues(
            self._facts(),
            [
                {
                    "contract_id": self.contract.id,
                    "community_id": self.community.id,
                    "value": 70.0,
                    "weight": 2.0,
                    "res_id": survey.id,
                }
            ],
        )
        self.assertGreaterEqual(self._facts().date, survey.date_quarter)

    def test_without_a_question_of_its_own_the_whole_survey_counts(self):
        self.env.ref(f"{EVALUATION}.survey_question_elevator").outsourcing_service_type_ids = False
        survey = self._start_round()
        self._vote(survey, 0, elevator=WORST)
        self._vote(survey, 1)
        self._publish_round(survey)
        self.assertEqual(self._facts().value, survey.score)

    def test_it_is_told_once(self):
        survey = self._start_round()
        self._vote(survey, 0)
        self._vote(survey, 1)
        self._publish_round(survey)
        survey.sudo()._record_satisfaction()
        self.assertEqual(len(self._facts()), 1)

    def test_what_is_not_representative_is_told_of_nobody(self):
        survey = self._start_round(min_answers=2)
        self._vote(survey)
        self._publish_round(survey)
        self.assertFalse(self._facts())

    def test_other_communities_and_later_contracts_are_not_judged(self):
        self.contract.sudo()._gated().write({"community_ids": [Command.set(self.other_community.ids)]})
        survey = self._start_round()
        self._vote(survey, 0)
        self._vote(survey, 1)
        self._publish_round(survey)
        self.assertFalse(self._facts())
