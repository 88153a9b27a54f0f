from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

MANAGER = "property_outsourcing.group_outsourcing_manager"
JUDGE = "property_outsourcing_evaluation.activity_type_evaluation_judge"
APPEAL = "property_outsourcing_evaluation.activity_type_evaluation_appeal"


class OutsourcingEvaluation(models.Model):
    """Judged, shown to the contractor, final: who takes which step, and what it leaves behind."""

    _inherit = "outsourcing.evaluation"

    _frozen_fields = {state: {"*"} for state in ("draft", "preview", "appealed", "final")}
    _step_fields = ("published_by_id", "appeal_deadline", "answer_deadline")

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "preview": ("draft",),
            "appealed": ("preview",),
            "final": ("preview", "appealed"),
        }

    def action_publish(self):
        """Show the result to the contractors; their days to appeal begin."""
        self._transition_to("preview")

    def action_count(self):
        """Count the facts recorded until now; what people have judged stays.

        Once the contractor has read the figures they stay as they are: what is recorded later counts in the
        next quarter, and what an appeal corrects is corrected by hand, with the reason.
        """
        self.check_access("write")
        self._require_group(MANAGER)
        self._check_may_count()
        self.sudo()._count()  # the manager was checked

    def _check_may_count(self):
        for evaluation in self:
            if evaluation.state != "draft":
                raise UserError(self.env._("%s is no longer being judged.", evaluation.display_name))

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "appealed":
            self._require_contractor()
        else:
            self._require_group(MANAGER)

    def _check_duties(self, step):
        super()._check_duties(step)
        if step == "final" and not self._is_system_actor():
            appealed = self.filtered(lambda evaluation: evaluation.state == "appealed")
            appealed._require_other_person("published_by_id", group=MANAGER)

    def _get_awaited_steps(self):
        steps = [("preview", self.env._("Before the preview"))] if self.state == "draft" else []
        return super()._get_awaited_steps() + steps

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "preview":
            open_lines = self.line_ids.filtered(lambda line: line.status == "open")
            points += [
                MissingPoint(self.env._("%s is not judged yet.", line.name), self, page="criteria")
                for line in open_lines
            ]
            points += [
                MissingPoint(
                    self.env._("%s: write why points are taken off.", line.name), self, page="criteria"
                )
                for line in self.line_ids._get_unexplained()
            ]
        return points

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now = fields.Datetime.now()
        if target == "preview":
            vals |= {"published_by_id": self.env.uid, "date_preview": now}
        elif target == "final":
            vals["date_final"] = now
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "preview":
            self._pass_on_judging()
        elif target == "final":
            self.activity_unlink([JUDGE, APPEAL])
            for evaluation in self:  # what it is called then
                evaluation._gated().write(
                    {
                        "contractor_name": evaluation.contractor_id.name,
                        "pay_factor": evaluation.grade_id.pay_factor or 100.0,
                    }
                )
            self._record_result()

    def _record_result(self):
        """Tell the facts that others rest on: the quarter is evaluated, passed or failed, vetoed.

        Told under each contract that worked in the quarter: failures in a row are those of one contract.
        """
        self.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": fact_type,
                    "source": evaluation,
                    "contract": contract,
                    "contractor": evaluation.contractor_id,
                    "date": evaluation.date_to,
                    "note": evaluation.service_type_id.name,
                    "key": f"{fact_type}:{evaluation._name}:{evaluation.id}:{contract.id or 0}",
                }
                for evaluation in self.filtered("is_graded")
                for contract in evaluation.contract_ids or [evaluation.contract_ids]
                for fact_type in evaluation._get_result_types()
            ]
        )

    def _get_result_types(self):
        """Return the types of the facts that the final evaluation ``self`` tells."""
        self.ensure_one()
        types = ["evaluation_final", "evaluation_failed" if self.grade_id.is_failed else "evaluation_passed"]
        return types + (["evaluation_vetoed"] if self.is_vetoed else [])

    @api.model
    def _cron_close_previews(self):
        """Make previews final nobody appealed against; answer appeals we left unanswered."""
        today = trade_today(self)
        domain = ["|", "&", ("state", "=", "preview"), ("appeal_deadline", "<", today),
                  "&", ("state", "=", "appealed"), ("answer_deadline", "<", today)]  # fmt: skip
        self.search(domain)._run_in_batches("_process_silence", domain=domain)

    def _process_silence(self):
        """Close ``self``, whose deadline has passed: what we did not answer is not rated."""
        appealed = self.filtered(lambda evaluation: evaluation.state == "appealed")
        if appealed:
            lines = appealed.line_ids.filtered("is_appealed")
            reason = self.env._("The appeal was not answered in time: not rated.")
            lines._gated().write({"status": "not_rated", "note": reason})
            appealed._gated().write({"decision": reason})
        self._as_system()._transition_to("final")


class OutsourcingEvaluationLine(models.Model):
    _inherit = "outsourcing.evaluation.line"

    def _get_unexplained(self):
        """Return the judged lines that cost points without a word why."""
        return self.filtered(
            lambda line: (
                line.method == "judged"
                and line.status == "rated"
                and line.points < 100
                and not (line.note or "").strip()
            )
        )
