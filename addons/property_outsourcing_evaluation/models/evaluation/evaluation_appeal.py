from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.property_outsourcing.models.workflow.act_time import act_day
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from ..deadline.outsourcing_deadline_mixin import CALENDAR
from .evaluation_workflow import APPEAL, MANAGER


class OutsourcingEvaluation(models.Model):
    """The contractor appeals against criteria; another manager answers. Days are working days."""

    _inherit = "outsourcing.evaluation"

    # ---- deadlines --------------------------------------------------------------------------------------

    @api.depends("date_preview", *CALENDAR)
    def _compute_appeal_deadline(self):
        self._set_deadlines("appeal_deadline", "date_preview", "appeal_days")

    @api.depends("date_appealed", *CALENDAR)
    def _compute_answer_deadline(self):
        self._set_deadlines("answer_deadline", "date_appealed", "answer_days")

    def _may_be_appealed(self):
        """Return whether the contractor may still appeal today."""
        self.ensure_one()
        today = trade_today(self)
        return self.state == "preview" and bool(self.appeal_deadline) and self.appeal_deadline >= today

    # ---- appeal -----------------------------------------------------------------------------------------

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "appeal_file_ids": Domain("date_appealed", "!=", False)}

    def _portal_appeal(self, lines, reason, files=()):
        """Lodge the contractor's appeal against some criteria.

        :param lines: ``outsourcing.evaluation.line`` of this evaluation, at least one
        :param str reason: what the contractor says to them, not empty
        :param files: ``ir.attachment`` (in sudo) that the caller has taken in for this evaluation
        :raise AccessError: not the contractor
        :raise UserError: nothing chosen or written, wrong state, or the days to appeal are over
        """
        self.ensure_one()
        self._require_contractor()
        reason, own = (reason or "").strip(), lines & self.sudo().line_ids  # the party was checked
        if not reason or not own:
            raise UserError(self.env._("Choose the criteria you appeal against, and write why."))
        self._transition_to("appealed")
        for line in own:
            line._gated().write({"is_appealed": True, "points_before": line.points})
        vals = {"appeal_file_ids": [Command.set(files.ids)]} if files else {}
        self._gated().write({"appeal_reason": reason, **vals})
        self._ask_for_answer()

    def _check_transition(self, target):
        super()._check_transition(target)
        for evaluation in self:
            deadline, day = evaluation.appeal_deadline, act_day(evaluation, evaluation.date_preview)
            if target == "appealed" and deadline < day:
                raise UserError(
                    self.env._(
                        "%(name)s could be appealed until %(date)s.", name=evaluation.name, date=deadline
                    )
                )
            if target == "final" and evaluation.state == "preview" and deadline >= day:
                raise UserError(
                    self.env._(
                        "%(name)s: the contractor may appeal until %(date)s; it becomes final then.",
                        name=evaluation.name,
                        date=deadline,
                    )
                )
            if (
                target == "final"
                and evaluation.state == "appealed"
                and not (evaluation.decision or "").strip()
            ):
                raise UserError(self.env._("Write the reason of the decision first."))

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "appealed":
            vals |= {"date_appealed": fields.Datetime.now(), "appealed_by_id": self.env.uid}
        return vals

    def _ask_for_answer(self):
        deciders = self._map_responsible_users(excluded=self.published_by_id, group=MANAGER)
        asked = {
            evaluation: {
                "summary": self.env._("Answer the appeal"),
                "note": evaluation.appeal_reason,
                "date_deadline": evaluation.answer_deadline,
                "users": deciders[evaluation] or evaluation.sudo().published_by_id,  # whom to ask only
            }
            for evaluation in self
        }
        self._schedule_events(APPEAL, asked)

    # ---- answer -----------------------------------------------------------------------------------------

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {"answer": (self.env._("Answer the appeal"), "_answer")}

    def action_answer(self):
        """Ask for the answer to the appeal; the points as they stand then are final."""
        return self._ask_answer()

    def _ask_answer(self):
        if any(evaluation.state != "appealed" for evaluation in self):
            raise UserError(self.env._("There is no appeal to answer."))
        self.sudo()._check_duties("final")  # names of who has acted only
        return self._ask_reason("answer", "final")

    def _answer(self, reason):
        self._check_actor("final")
        self.sudo()._check_duties("final")  # before anything is written
        if any(evaluation.state != "appealed" for evaluation in self):
            raise UserError(self.env._("There is no appeal to answer."))
        self._gated().write({"decision": reason, "decided_by_id": self.env.uid})
        self._transition_to("final")
