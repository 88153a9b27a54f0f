from odoo import fields, models
from odoo.exceptions import UserError


class SurveySurvey(models.Model):
    """Surveys that households answer; while and after they do, the questions stay as they were asked."""

    _inherit = "survey.survey"

    is_outsourcing_household = fields.Boolean(
        "Household Satisfaction", help="Offered for the quarterly survey of the households of a community."
    )
    outsourcing_round_ids = fields.One2many("outsourcing.survey.round", "survey_id", "Survey Rounds")

    def _get_outsourcing_questions(self):
        """Return the questions with levels, in their order."""
        self.ensure_one()
        return self.question_ids.filtered(lambda question: question.question_type == "simple_choice")

    def _get_outsourcing_comment_question(self):
        """Return the question that asks for a word; empty where there is none."""
        self.ensure_one()
        return self.question_ids.filtered(lambda question: question.question_type == "text_box")[:1]

    def _check_outsourcing_unused(self):
        """Raise UserError where households were asked by ``self`` already."""
        domain = [("survey_id", "in", self.ids), ("state", "!=", "draft")]
        # sudo: whether there is one
        used = self.env["outsourcing.survey.round"].sudo().search(domain, limit=1)
        if used:
            raise UserError(
                self.env._(
                    "Households have answered %s: its questions stay as they were asked. Duplicate it and "
                    "change the copy.",
                    used.survey_id.title,
                )
            )
