from odoo.addons.property_outsourcing_evaluation.tests.survey_common import SurveyCommon

WORDS = "The lift does not run on Sundays, says Mr Li of 101"


class CommentCommon(SurveyCommon):
    """A survey that was counted, with the words of a household."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stopped = cls.env.ref("property_outsourcing_complaint.problem_elevator_stopped")
        cls.survey = cls._start_round()

    @classmethod
    def _comment(cls, *texts):
        """Return the comments of households that wrote ``texts``, once they are counted."""
        for room, text in enumerate(texts or [WORDS]):
            cls._vote(cls.survey, room, comment=text)
        comments = cls._count_round(cls.survey).comment_ids
        return comments.with_user(cls.user_manager)
