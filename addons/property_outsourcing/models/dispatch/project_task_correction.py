from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from ..workflow.act_time import act_time
from ..workflow.gate import close_gate, open_gate
from ..workflow.trade_time import format_moment
from .order_fields import REPORTS
from .project_task_sla import METRICS, REPORTED
from .project_task_step import STEPS


class ProjectTask(models.Model):
    """A mis-tap makes no fact: a report is taken back within minutes, a time of arrival is put right.

    Limits, facts, proposals, activities and holds follow as if the wrong report had not been made; the
    chatter keeps what happened.
    """

    _inherit = "project.task"

    outsourcing_reports = fields.Json(
        "Reports that can be taken back",
        readonly=True,
        copy=False,
        help="For each report since the clock last started, oldest first: who made it, when it reached us, "
        "and what the order was before.",
    )
    outsourcing_date_arrived_first = fields.Datetime("Arrived, as first Reported", readonly=True, copy=False)
    outsourcing_arrival_reason = fields.Char("Why the Arrival was put Right", readonly=True, copy=False)

    # ---- a report is remembered -------------------------------------------------------------------------

    def _prepare_report_entry(self, step):
        """Return what it takes to undo a report that is made now: dict for ``outsourcing_reports``."""
        return {
            "step": step,
            "user": self.env.uid,
            "received": fields.Datetime.to_string(fields.Datetime.now()),
            "empty": [name for name in REPORTS if not self[name]],
            "links": {name: self[name].id for name in ("stage_id", "outsourcing_performer_id")},
            "holds": self.outsourcing_hold_ids.filtered(lambda hold: hold.state == "granted").ids,
        }

    def _remember_report(self, entry, message):
        """Keep the report of the order (in sudo) until it can be taken back no more.

        :param dict entry: what :meth:`_prepare_report_entry` returned before the report was written
        :param message: the ``mail.message`` that tells of it
        """
        reports = [*(self.outsourcing_reports or []), {**entry, "message": message.id}]
        open_gate(self).write({"outsourcing_reports": reports})

    # ---- taken back -------------------------------------------------------------------------------------

    def _portal_take_back(self, message_id=None):
        """Undo the last report of the order, as if it had not been made.

        :param int message_id: the message of the report that is meant; None: whichever is the last
        :raise AccessError: not the contractor of this work order
        :raise UserError: made by somebody else, too long ago, or dealt with already
        """
        self.ensure_one()
        order = self.sudo()  # the party is checked in the next line
        order._check_contractor(self.env.user)
        if problem := order._get_take_back_problem():
            raise UserError(problem)
        *earlier, entry = order.outsourcing_reports
        if message_id and entry["message"] != message_id:  # a second tap means the one that is gone
            raise UserError(self.env._("There is no report to take back."))
        undone = [name for name in reversed(REPORTS) if name in entry["empty"] and order[name]]
        order._undo_report(entry, earlier)
        for name in undone:
            close_gate(order)._after_order_step(f"{STEPS[name]}_undone")
        order._tell_taken_back(entry)

    def _get_take_back_problem(self):
        """Return in a sentence why the acting user cannot undo the last report (order in sudo), or None."""
        if not self.outsourcing_reports:
            return self.env._("There is no report to take back.")
        if self.is_closed:
            return self.env._("%s is closed.", self.name)
        entry = self.outsourcing_reports[-1]
        if entry["user"] != self.env.uid:
            return self.env._("A report is taken back by who made it.")
        received = fields.Datetime.to_datetime(entry["received"])
        minutes = self.outsourcing_contract_id.company_id.outsourcing_take_back_minutes
        if act_time(self, received) > received + timedelta(minutes=minutes):
            return self.env._("A report can be taken back for %s minutes; that time is over.", minutes)
        return None

    def _undo_report(self, entry, earlier):
        """Bring the order (in sudo) back to what it was before a report.

        :param dict entry: of the report, see :meth:`_prepare_report_entry`
        :param list earlier: what is kept of the reports before it
        """
        emptied = set(entry["empty"])
        metrics = [metric for metric in METRICS if REPORTED[metric] in emptied and self[REPORTED[metric]]]
        if "outsourcing_date_arrived" in emptied:
            emptied |= {"outsourcing_date_arrived_first", "outsourcing_arrival_reason"}
        open_gate(self).write(
            {**dict.fromkeys(emptied, False), **entry["links"], "outsourcing_reports": earlier or False}
        )
        self._forget_lateness(metrics)
        self._take_up_holds(entry["holds"])
        self._announce_breaches()
        self._await_again(metrics)

    def _forget_lateness(self, metrics):
        """Let the lateness of what is not reported any more count no more, with what was proposed for it."""
        keys = [f"order_late:{self._get_lateness_case(metric)}" for metric in metrics]
        reason = self.env._("Withdrawn: the report was taken back.")
        self.env["outsourcing.fact"]._keep_true(dict.fromkeys(keys), reason)

    def _take_up_holds(self, hold_ids):
        """Let the holds that the report ended go on, unless another has begun since."""
        ended = self.outsourcing_hold_ids.filtered(lambda hold: hold.id in hold_ids and hold.state == "ended")
        if ended and not {"requested", "granted"} & set(self.outsourcing_hold_ids.mapped("state")):
            open_gate(ended).write({"state": "granted", "date_until": False})
            self._apply_holds()

    def _await_again(self, metrics):
        """Record the missed limits that are open again, and remind of them."""
        announced = self._get_announced_metrics()
        open_again = [metric for metric in metrics if metric in announced and self._is_awaited(metric)]
        cases = {metric: self._get_lateness_case(metric) for metric in open_again}
        facts = self.env["outsourcing.fact"].search(
            [("case_key", "in", list(cases.values())), ("fact_type", "=", "order_breached")]
        )
        known = set(facts.mapped("case_key"))
        self._record_breaches([(self, metric) for metric in open_again if cases[metric] not in known])
        self._schedule_breach_activities([(self, metric) for metric in open_again])

    def _tell_taken_back(self, entry):
        """Strike out the message of the report, and say who took it back."""
        message = self.env["mail.message"].browse(entry["message"]).exists()
        said = self._get_report_message(entry["step"])
        if message:
            message.body = Markup("<s>%s</s>") % said
        self.message_post(
            body=self.env._(
                "%(user)s has taken back the report: %(report)s", user=self.env.user.name, report=said
            )
        )

    # ---- the time of arrival ----------------------------------------------------------------------------

    def _portal_correct_arrival(self, moment, reason):
        """Put the time of arrival right; the time reported first stays on the order beside it.

        :param datetime moment: when the people were on site (naive, UTC)
        :param str reason: why the reported time is not right
        :raise AccessError: not the contractor of this work order
        :raise UserError: names all that keeps the time from being put right
        """
        self.ensure_one()
        order = self.sudo()  # the party is checked in the next line
        order._check_contractor(self.env.user)
        if not order._may_correct_arrival():
            raise UserError(self.env._("The time of arrival of %s cannot be put right any more.", order.name))
        reason = (reason or "").strip()
        if problems := order._get_arrival_problems(moment, reason):
            raise UserError(" ".join(problems))
        old = order.outsourcing_date_arrived
        together = [name for name in REPORTS[:2] if order[name] == old]  # answered only by being there
        open_gate(order).write(
            {
                **dict.fromkeys(together, moment),
                "outsourcing_date_arrived_first": order.outsourcing_date_arrived_first or old,
                "outsourcing_arrival_reason": reason,
            }
        )
        order.message_post(body=order._get_correction_message(old))

    def _may_correct_arrival(self):
        """Return whether the time of arrival of the order (in sudo) may still be put right."""
        company = self.outsourcing_contract_id.company_id
        return bool(
            self.outsourcing_date_arrived and not self.is_closed and company.outsourcing_arrival_minutes
        )

    def _get_arrival_problems(self, moment, reason):
        problems = []
        if not reason:
            problems.append(self.env._("Give the reason."))
        if not moment:
            return [*problems, self.env._("Give the time of arrival.")]
        earliest, latest = self._get_arrival_range()
        contract = self.outsourcing_contract_id
        if not earliest <= moment <= latest:
            problems.append(
                self.env._(
                    "The time of arrival can be put right between %(earliest)s and %(latest)s.",
                    earliest=format_moment(contract, earliest),
                    latest=format_moment(contract, latest),
                )
            )
        return problems

    def _get_arrival_range(self):
        """Return (earliest, latest) time of arrival that the order (in sudo) may be given."""
        first = self.outsourcing_date_arrived_first or self.outsourcing_date_arrived
        margin = timedelta(minutes=self.outsourcing_contract_id.company_id.outsourcing_arrival_minutes)
        responded = self.outsourcing_date_responded
        before = (
            self.outsourcing_date_requested,
            self.outsourcing_date_entered,
            self.outsourcing_date_reopened,
            responded != self.outsourcing_date_arrived and responded,
        )
        earliest = max([first - margin, *(moment for moment in before if moment)])
        return earliest, min(first + margin, self.outsourcing_date_completed or fields.Datetime.now())

    def _get_correction_message(self, old):
        return self.env._(
            "%(user)s has put the time of arrival right: %(new)s instead of %(old)s. %(reason)s",
            user=self.env.user.name,
            new=format_moment(self.outsourcing_contract_id, self.outsourcing_date_arrived),
            old=format_moment(self.outsourcing_contract_id, old),
            reason=self.outsourcing_arrival_reason,
        )
