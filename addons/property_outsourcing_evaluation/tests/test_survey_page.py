from datetime import timedelta
from unittest.mock import patch

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..models.survey import outsourcing_survey_attempt
from .survey_common import EVALUATION, SurveyCommon

TIMEOUT = 120  # the first page of a database builds its assets


class SurveyPageCommon(SurveyCommon, HttpCase):
    """Households with a phone in their hand, and nothing else: no login, no session."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["outsourcing.invitation"], "_get_lang", lambda self: "en_US")
        cls.survey = cls._start_round()
        cls.path = cls._ballot(cls.survey)._get_path()
        cls.at = cls.survey.building_ids.filtered(lambda b: b.location_id == cls.building)
        cls.poster = f"/outsourcing/vote/at/{cls.at.sudo().code}"

    def _open(self, url=None, user=None):
        self.authenticate(user, user)
        return self.url_open(url or self.path, timeout=TIMEOUT)

    def _post(self, url, data=None, user=None):
        self.authenticate(user, user)
        return self.url_open(url, data=data or {"x": "1"}, timeout=TIMEOUT, method="POST")

    def _send(self, place=0, user=None, path=None, **vals):
        chosen = {f"q_{name}": str(level) for name, level in self._choose(self.survey, place).items()}
        return self._post(f"{path or self.path}/send", {**chosen, **vals}, user)

    def _type(self, code, room=0):
        return self._post(f"{self.poster}/find", {"room_id": str(self.rooms[room].id), "slip": code})


@tagged("post_install", "-at_install")
class TestSurveyPage(SurveyPageCommon):
    """The slip and the poster of a household."""

    def test_a_household_votes_without_a_login(self):
        form = html.fromstring(self._open().text).forms[-1]
        self.assertEqual(len({name for name in form.fields if name}), 9)
        response = self._send(1, comment="More benches")
        self.assertIn("Your household has voted", response.text)
        self.assertEqual(self._ballot(self.survey).channel, "page")
        self.assertEqual(len(self._answers(self.survey)), 1)
        for name, word in (("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")):
            self.assertIn(word, response.headers[name])

    def test_the_second_vote_is_refused(self):
        self._send()
        self.assertIn("Your household has voted already", self._send(4).text)
        self.assertEqual(len(self._answers(self.survey)), 1)
        self.assertIn("Your household has voted", self._open().text)

    def test_a_representative_who_is_logged_in_votes_as_a_household(self):
        login = self.portal_representative.login
        self.assertIn("Vote", self._open(user=login).text)
        self.assertIn("Your household has voted", self._send(user=login).text)
        answers = self._answers(self.survey)
        self.assertFalse(answers.partner_id)
        people = answers.create_uid | answers.user_input_line_ids.create_uid
        self.assertEqual(people, self.env.ref("base.user_root"))

    def test_a_refusal_keeps_what_was_chosen_and_typed(self):
        overall = self.env.ref(f"{EVALUATION}.survey_question_overall")
        response = self._send(2, comment="More benches", **{f"q_{overall.id}": ""})
        self.assertEqual(response.status_code, 422)
        self.assertIn("Please answer: All in all", response.text)
        self.assertIn("More benches", response.text)
        form = html.fromstring(response.text).forms[-1]
        self.assertEqual(len([value for _name, value in form.form_values() if value.isdecimal()]), 7)
        self.assertFalse(self._answers(self.survey))

    def test_strange_levels_and_scripts_are_refused_or_text(self):
        question = self.survey._get_levels()[0][0]
        for level in ("0", "-1", "9" * 12, "x", "999999"):
            self._send(comment="<script>alert(1)</script>", **{f"q_{question.id}": level})
        self.assertLessEqual(len(self._answers(self.survey)), 1)
        self._count_round(self.survey)
        self.assertIn("<script>", self.survey.comment_ids.text)

    def test_unknown_codes_are_not_found(self):
        for path in ("AAAAAAAAAA", "1", "%25", "A" * 300):
            for response in (
                self._open(f"/outsourcing/vote/{path}"),
                self._post(f"/outsourcing/vote/{path}/send"),
                self._open(f"/outsourcing/vote/at/{path}"),
                self._open(f"/outsourcing/satisfaction/{path}"),
            ):
                self.assertEqual(response.status_code, 404)
                self.assertIn("This code is not valid", response.text)

    def test_an_unknown_code_says_whom_to_call(self):
        company = self.env.ref("base.public_user").sudo().company_id
        paths = ("/outsourcing/vote/AAAAAAAAAA", "/outsourcing/satisfaction/AAAAAAAAAA")
        for phone, sentence in (
            ("020-88880000", 'href="tel:020-88880000"'),
            (False, "ask at the service desk"),
        ):
            company.phone = phone
            for path in paths:
                self.assertIn(sentence, self._open(path).text)

    def test_a_draft_is_not_open_and_an_ended_round_says_so(self):
        day = fields.Date.today() - timedelta(days=1)
        self.survey._gated().write({"date_from": day, "date_to": day})
        self.assertIn("The survey is closed", self._open().text)
        self.assertIn("The survey is closed", self._send().text)
        self.assertIn("The survey is closed", self._open(self.poster).text)
        self.assertFalse(self._answers(self.survey))

    @mute_logger("odoo.http")
    def test_votes_are_sent_by_post(self):
        for path in (f"{self.path}/send", f"{self.poster}/find"):
            self.assertIn(self._open(path).status_code, (404, 405))

    def test_the_poster_leads_to_the_ballot_of_room_and_code(self):
        code = self._ballot(self.survey).code
        self.assertIn("101", self._open(self.poster).text)
        response = self._type(f"{code[:5]}-{code[5:]}".lower())
        self.assertTrue(response.url.endswith(self.path))

    def test_the_code_of_a_neighbour_or_another_building_leads_nowhere(self):
        sentence = "Room and code do not belong together"
        self.assertIn(sentence, self._type(self._ballot(self.survey, 1).code).text)
        self.assertIn(sentence, self._type(self._ballot(self.survey, 4).code, room=4).text)

    def test_a_household_of_another_community_leads_nowhere(self):
        locations = self.env["outsourcing.location"]
        room = locations.create({"name": "1", "kind": "room", "community_id": self.other_community.id})
        other = self._start_round(community_id=self.other_community.id)
        data = {"room_id": str(room.id), "slip": other.sudo().ballot_ids.code}
        self.assertIn("do not belong together", self._post(f"{self.poster}/find", data).text)

    def test_who_guesses_is_slowed_down_and_the_slip_still_works(self):
        code = self._ballot(self.survey).code
        for _number in range(outsourcing_survey_attempt.ROOM_TRIES):
            self.assertIn("do not belong together", self._type("AAAAAAAAAA").text)
        self.assertIn("Too many tries", self._type(code).text)
        self.assertIn("Vote", self._open().text)
        other = self._ballot(self.survey, 1).code
        self.assertTrue(self._type(other, 1).url.endswith(other))

    def test_a_building_is_guessed_through_by_nobody(self):
        with patch.object(outsourcing_survey_attempt, "BUILDING_TRIES", 3):
            for room in range(3):
                self._type("AAAAAAAAAA", room)
            self.assertIn("Too many tries", self._type(self._ballot(self.survey, 3).code, 3).text)

    def test_tries_are_rows_that_are_forgotten_after_a_day(self):
        attempts = self.env["outsourcing.survey.attempt"].sudo()
        mine = [("building_id", "=", self.at.id)]
        self._type("AAAAAAAAAA")
        self.assertEqual(attempts.search(mine).room_id, self.rooms[0].id)
        attempts._gc_attempts()
        self.assertEqual(attempts.search_count(mine), 1)
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            attempts._gc_attempts()
        self.assertFalse(attempts.search_count(mine))

    def test_the_result_is_for_everybody_once_published(self):
        self._vote(self.survey, 0, comment="Mr Li shouts")
        self._vote(self.survey, 1)
        token = self.survey.sudo().public_token
        path = f"/outsourcing/satisfaction/{token}"
        self.assertEqual(self._open(path).status_code, 404)
        self._publish_round(self.survey)
        text = self._open(path).text
        for word in ("100.0", "40.0%", "no vote of the owners", "Cleaning"):
            self.assertIn(word, text)
        self.assertNotIn("Mr Li", text)
        self.assertIn(path, self._open().text)

    def test_what_is_not_representative_shows_no_index(self):
        self._vote(self.survey)
        self._publish_round(self.survey)
        text = self._open(self.survey._get_public_path()).text
        self.assertIn("Not representative", text)
        self.assertNotIn("points of 100", text)

    def test_representatives_find_their_surveys_in_the_portal(self):
        login = self.portal_representative.login
        page = f"/my/outsourcing/surveys/{self.survey.id}"
        self.assertIn(self.poster, self._open(page, login).text)
        self.assertIn(page, self._open("/my/outsourcing/surveys", login).text)
        self.assertEqual(self._open(page, self.portal_contractor.login).status_code, 404)
        self._vote(self.survey)
        self._count_round(self.survey)
        self.assertEqual(self._open(page, login).status_code, 404)
        self.survey.action_publish()
        self.assertIn("Page for all owners", self._open(page, login).text)


@tagged("post_install", "-at_install")
class TestSurveyPrints(SurveyCommon):
    """Slips, posters, paper ballots and the summary."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["outsourcing.invitation"], "_get_lang", lambda self: "en_US")

    def _render(self, name, records):
        reports = self.env["ir.actions.report"].with_user(records.env.user)
        return reports._render_qweb_html(f"{EVALUATION}.{name}", records.ids)[0].decode()

    def test_slips_name_room_and_code_and_printing_is_noted(self):
        survey = self._start_round()
        building = survey.building_ids[0].with_user(self.user_supervisor)
        building.action_print_slips()
        self.assertIn("Slips printed: Building 3", survey.message_ids[0].body)
        text = self._render("survey_slips_document", building)
        code = self._ballot(survey).code
        self.assertIn(f"{code[:5]}-{code[5:]}", text)
        self.assertIn("Building 3 / Unit 1 / 101", text)

    def test_slips_are_printed_for_nobody_else_and_while_people_vote(self):
        survey = self._start_round()
        building = survey.building_ids[0]
        with self.assertRefused("You are not the person who may take this step"):
            building.with_user(self.user_finance)._get_slips()
        with self.assertRefused("access"):
            building.with_user(self.user_outsider)._get_slips()
        self._count_round(survey)
        with self.assertRefused("nobody votes with these any more"):
            building.with_user(self.user_supervisor).action_print_slips()

    def test_slips_come_in_the_order_of_the_rooms(self):
        self.rooms[0].name = "1001"
        building = self._start_round().building_ids.filtered(lambda row: row.location_id == self.building)
        slips = building.with_user(self.user_supervisor)._get_slips()
        rooms = [slip["room"].rpartition(" / ")[2] for slip in slips]
        self.assertEqual(rooms, ["201", "301", "401", "1001"])

    def test_posters_and_paper_are_printed(self):
        survey = self._start_round().with_user(self.user_supervisor)
        self.assertIn("Building 4", self._render("survey_posters_document", survey.building_ids))
        text = self._render("survey_paper_document", survey)
        self.assertEqual(text.count("□"), 40)

    def test_the_summary_has_figures_and_no_comments(self):
        survey = self._start_round()
        self._vote(survey, comment="Mr Li shouts")
        with self.assertRefused("is not counted yet"):
            self._render("survey_summary_document", survey)
        text = self._render("survey_summary_document", self._count_round(survey))
        self.assertIn("without effect on contractors", text)
        self.assertIn("no vote of the owners", text)
        self.assertNotIn("Mr Li", text)
