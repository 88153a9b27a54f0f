from odoo import fields
from odoo.tests import HttpCase, tagged

from .survey_common import SurveyCommon

CODE = "AAAAA22222"


class SurveyTourCommon(SurveyCommon, HttpCase):
    """A survey that runs; the code of the first slip is known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["outsourcing.invitation"], "_get_lang", lambda self: "en_US")
        cls.survey = cls._start_round()
        cls._ballot(cls.survey)._gated().code = CODE
        cls.page = f"/odoo/outsourcing-satisfaction/{cls.survey.id}"


@tagged("post_install", "-at_install")
class TestSurveyPhoneTour(SurveyTourCommon):
    """A resident before the poster, with a phone, a slip and no login."""

    browser_size = "375x667"
    touch_enabled = True

    def test_a_resident_votes_by_poster_and_code(self):
        building = self.survey.building_ids.filtered(lambda row: row.location_id == self.building)
        self.start_tour(f"/outsourcing/vote/at/{building.sudo().code}", "outsourcing_survey_resident")
        self.env.invalidate_all()
        self.assertTrue(self._ballot(self.survey).is_returned)
        lines = self._answers(self.survey).user_input_line_ids
        self.assertEqual(lines.suggested_answer_id.mapped("sequence"), [1, 2, 5, 2])
        self.assertEqual(lines.filtered("value_text_box").value_text_box, "More benches")


@tagged("post_install", "-at_install")
class TestSurveyTours(SurveyTourCommon):
    """The desk types in paper and telephone; the manager counts and publishes."""

    browser_size = "1440x900"

    def test_staff_types_in_paper_ballots_and_telephone_interviews(self):
        self.start_tour(self.page, "outsourcing_survey_entry", login=self.user_supervisor.login)
        self.env.invalidate_all()
        returned = self.survey.ballot_ids.filtered("is_returned")
        self.assertEqual(returned.location_id, self.rooms[:3])
        self.assertEqual(returned.mapped("channel"), ["paper", "paper", "phone"])
        self.assertEqual(len(self.survey.scan_ids), 2)
        self.assertEqual(len(self._answers(self.survey)), 3)

    def test_a_manager_counts_and_publishes(self):
        self._vote(self.survey, 0)
        for room in range(1, 5):
            self._vote(self.survey, room, 1 if room < 4 else 3)
        self.start_tour(self.page, "outsourcing_survey_publish", login=self.user_manager.login)
        self.env.invalidate_all()
        self.assertEqual((self.survey.state, self.survey.is_representative), ("published", True))
        self.assertEqual(self.survey.date_published.date(), fields.Date.today())
