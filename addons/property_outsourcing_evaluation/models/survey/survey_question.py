from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.core_guard import get_changed_fields


class SurveyQuestion(models.Model):
    """What a question counts, and which services it speaks of."""

    _inherit = "survey.question"

    outsourcing_weight = fields.Float(
        "Weight", default=10.0, digits=(16, 2), help="What the question counts in the score of the survey."
    )
    outsourcing_service_type_ids = fields.Many2many(
        "outsourcing.service.type",
        "survey_question_outsourcing_service_rel",
        "question_id",
        "service_type_id",
        "Services Judged",
        copy=False,  # by copy_data, for whoever may read services
        help="The contracts of these services are judged by the question; the others by the whole survey.",
    )

    _outsourcing_weight_positive = models.Constraint(
        "CHECK (outsourcing_weight >= 0)", "The weight of a question cannot be negative."
    )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if self.env["outsourcing.service.type"].has_access("read"):
            for question, vals in zip(self, vals_list, strict=True):
                services = question.outsourcing_service_type_ids
                vals.setdefault("outsourcing_service_type_ids", [Command.set(services.ids)])
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions.survey_id._check_outsourcing_unused()
        return questions

    def write(self, vals):
        if any(get_changed_fields(question, vals, ()) for question in self):
            self.survey_id._check_outsourcing_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_asked(self):
        self.survey_id._check_outsourcing_unused()


class SurveyQuestionAnswer(models.Model):
    """The levels of a question stay as they were offered."""

    _inherit = "survey.question.answer"

    @api.model_create_multi
    def create(self, vals_list):
        levels = super().create(vals_list)
        levels.question_id.survey_id._check_outsourcing_unused()
        return levels

    def write(self, vals):
        if any(get_changed_fields(level, vals, ()) for level in self):
            self.question_id.survey_id._check_outsourcing_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_offered(self):
        self.question_id.survey_id._check_outsourcing_unused()
