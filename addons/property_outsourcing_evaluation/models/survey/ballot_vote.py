from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

COMMENT_MAX = 1000
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


class OutsourcingBallot(models.Model):
    """Voting: the ballot is marked, the answer is kept, and nothing leads from one to the other."""

    _inherit = "outsourcing.ballot"

    def _vote(self, levels, comment=None, channel="page", user=None):
        """Cast the vote of a household (in sudo) once.

        :param dict levels: id of the question -> id of the level chosen; what is left out is not judged
        :param str comment: a word of the household
        :param str channel: how it came in
        :param user: who typed it in, where somebody did
        :raise UserError: closed, cast before, an unknown level, or nothing said about the whole
        """
        self.ensure_one()
        survey = self.round_id
        survey._check_open()
        chosen = survey._read_levels(levels, needed=channel == "page")
        if not self._mark_returned(channel, user):
            raise UserError(self.env._("Your household has voted already; each has one vote."))
        survey._keep_answer(chosen, (comment or "").strip()[:COMMENT_MAX])

    def _mark_returned(self, channel, user):
        """Take the vote; of two in the same moment the second one waits for the first, and is refused."""
        query = SQL(
            """
            UPDATE outsourcing_ballot SET is_returned = TRUE, channel = %(channel)s, entered_by_id = %(user)s
             WHERE id = %(id)s AND is_returned IS NOT TRUE RETURNING id
            """,
            channel=channel,
            user=user.id if user else None,
            id=self.id,
        )
        taken = self.env.execute_query(query)
        self.invalidate_recordset(["is_returned", "channel", "entered_by_id"])
        return bool(taken)


class OutsourcingSurveyRound(models.Model):
    _inherit = "outsourcing.survey.round"

    def _is_open(self):
        """Return whether households can vote today."""
        self.ensure_one()
        if self.state != "running" or not (self.date_from and self.date_to):  # emptied in a form
            return False
        return self.date_from <= trade_today(self) <= self.date_to

    def _check_open(self):
        # the lock: nobody counts while a vote is on its way
        self.env.execute_query(
            SQL("SELECT id FROM outsourcing_survey_round WHERE id = %s FOR SHARE", self.id)
        )
        if not self._is_open():
            raise UserError(self._get_closed_sentence())

    def _get_closed_sentence(self):
        """Return the sentence for whoever wants to vote and cannot."""
        if self.state == "running" and trade_today(self) < self.date_from:
            return self.env._("The survey begins on %s.", self.date_from)
        return self.env._("The survey is closed; it ended on %s.", self.date_to)

    def _read_levels(self, levels, needed):
        """Return the levels chosen (``survey.question.answer``, in sudo), each of a question of the round."""
        chosen = self.env["survey.question.answer"].sudo()  # what households are asked
        for question, offered in self._get_levels():
            level = levels.get(question.id)
            found = offered.filtered(lambda answer, level=level: answer.id == level)
            if level and not found:
                raise UserError(self.env._("%s: choose one of the levels.", question.title))
            if needed and question.constr_mandatory and not found:
                raise UserError(self.env._("Please answer: %s", question.title))
            chosen |= found
        return chosen

    def _keep_answer(self, chosen, comment):
        """Keep an answer without a name, an hour, a language or the person who sent it."""
        lines = [
            {
                "question_id": level.question_id.id,
                "answer_type": "suggestion",
                "suggested_answer_id": level.id,
            }
            for level in chosen
        ]
        # sudo: what households are asked
        question = self.survey_id.sudo()._get_outsourcing_comment_question()
        if comment and question:
            lines.append({"question_id": question.id, "answer_type": "text_box", "value_text_box": comment})
        if not lines:
            return  # a paper with nothing on it was returned, and says nothing
        answers = self.env["survey.user_input"].with_user(SUPERUSER_ID)
        answer = (
            open_gate(answers)
            .with_context(**QUIET)
            .create(
                {
                    "survey_id": self.survey_id.id,
                    "outsourcing_round_id": self.id,
                    "state": "done",
                    "predefined_question_ids": [Command.set([])],
                    "user_input_line_ids": [Command.create(line) for line in lines],
                }
            )
        )
        answer.flush_recordset()
        answer.user_input_line_ids.flush_recordset()
        for table, column in (("survey_user_input", "id"), ("survey_user_input_line", "user_input_id")):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_date = %s, write_date = %s WHERE %s = %s",
                    SQL.identifier(table),
                    self._get_answer_moment(),
                    self._get_answer_moment(),
                    SQL.identifier(column),
                    answer.id,
                )
            )
        self.env.invalidate_all()

    def _get_answer_moment(self):
        """Return the one moment all answers of the round carry."""
        return fields.Datetime.to_datetime(self.date_from)
