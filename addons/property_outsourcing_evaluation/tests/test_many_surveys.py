from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

from .survey_common import SurveyFactory


@tagged("post_install", "-at_install")
class TestManySurveys(DocumentsCommon, SurveyFactory, OutsourcingCommon):
    """Thirty communities are asked, counted and told of for the price of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.communities = cls.env["outsourcing.community"].create(
            [{"name": f"Garden {n}", "manager_id": cls.user_manager.id} for n in range(cls.MANY + 2)]
        )
        cls.rooms = cls.env["outsourcing.location"].create(
            [{"name": "101", "kind": "room", "community_id": garden.id} for garden in cls.communities]
        )
        yesterday = fields.Date.today() - timedelta(days=1)
        days = {"date_from": yesterday - timedelta(days=9), "date_to": yesterday}
        cls.ended = days
        cls.surveys = cls._union([cls._draft_round(community_id=c.id) for c in cls.communities])

    def _run_out(self):
        """Let a household vote in each, and the last day pass."""
        self.surveys.action_start()
        for survey, room in zip(self.surveys, self.rooms, strict=True):
            self._vote(survey, room)
        self.surveys._gated().write(self.ended)
        return self.surveys.with_env(self.env)

    def test_rounds_start_for_the_price_of_one(self):
        surveys = self.surveys.with_env(self.env)
        self._take_steps(surveys, Step("outsourcing.survey.round.action_start", self.user_manager))
        self.assertEqual(set(surveys.mapped("issued_count")), {1})

    def test_rounds_are_counted_and_published_for_the_price_of_one(self):
        surveys = self._run_out()
        self._take_steps(
            surveys,
            Step("outsourcing.survey.round._mix_answers"),
            Step("outsourcing.survey.round.action_count", self.user_manager, core=self.ROWS),
            Step("outsourcing.survey.round.action_publish", self.user_manager),
        )
        self.assertEqual(set(surveys.mapped("score")), {100.0})

    def test_the_schedule_counts_for_the_price_of_one(self):
        step = Step("outsourcing.survey.round._process_end", core=self.ROWS)
        self._take_steps(self._run_out(), step)

    def test_the_list_is_read_for_the_price_of_one(self):
        surveys = self._run_out()
        names = ["display_name", "returned_count", "response_rate", "missing_points", "possible_steps"]
        counts = self._count_step(surveys, lambda part: part.read(names), self.user_manager)
        self.assertLessEqual(counts[2], counts[1] + self.ROUNDS)
