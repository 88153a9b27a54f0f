from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step
from odoo.addons.property_outsourcing_evaluation.tests.survey_common import SurveyFactory


@tagged("post_install", "-at_install")
class TestManyComments(DocumentsCommon, SurveyFactory, OutsourcingCommon):
    """Thirty comments of as many communities become complaints for the price of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.communities = cls.env["outsourcing.community"].create(
            [{"name": f"Garden {n}", "manager_id": cls.user_manager.id} for n in range(cls.MANY + 2)]
        )
        cls.rooms = cls.env["outsourcing.location"].create(
            [{"name": "101", "kind": "room", "community_id": garden.id} for garden in cls.communities]
        )
        cls.surveys = cls._union([cls._draft_round(community_id=c.id) for c in cls.communities])
        cls.surveys.action_start()
        for survey, room in zip(cls.surveys, cls.rooms, strict=True):
            cls._vote(survey, room, comment="The lift does not run")
        cls._count_round(cls.surveys)

    def test_comments_become_complaints_for_the_price_of_one(self):
        comments = self.surveys.comment_ids.with_env(self.env)
        self._take_steps(
            comments,
            Step("outsourcing.survey.comment.action_make_complaints", self.user_manager, core=self.ROWS),
        )
        self.assertEqual(len(comments.complaint_ids), self.MANY + 2)
