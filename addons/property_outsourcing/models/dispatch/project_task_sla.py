from datetime import timedelta

from odoo import api, fields, models

from .order_fields import REPORTS
from .work_clock import WorkClock

METRICS = ("response", "arrival", "completion")
REPORTED = dict(zip(METRICS, REPORTS, strict=True))
DEADLINES = {metric: f"outsourcing_sla_{metric}_deadline" for metric in METRICS}


class ProjectTask(models.Model):
    """The time limits of a work order: deadlines by the contract's terms, when their inputs change."""

    _inherit = "project.task"

    # nothing on a task is precomputed: core cannot do that for the portal users of shared projects
    outsourcing_date_clock = fields.Datetime(
        "Clock Started",
        compute="_compute_outsourcing_deadlines",
        store=True,
        copy=False,
        help="Later by the time the order was on hold: what ran since then is what counts.",
    )
    outsourcing_sla_response_deadline = fields.Datetime(
        "Respond by", compute="_compute_outsourcing_deadlines", store=True, copy=False
    )
    outsourcing_sla_arrival_deadline = fields.Datetime(
        "Arrive by", compute="_compute_outsourcing_deadlines", store=True, copy=False
    )
    outsourcing_sla_completion_deadline = fields.Datetime(
        "Complete by", compute="_compute_outsourcing_deadlines", store=True, copy=False
    )

    @api.depends(
        "outsourcing_contract_id",
        "outsourcing_priority",
        "outsourcing_kind",
        "outsourcing_date_requested",
        "outsourcing_date_entered",
        "outsourcing_date_reopened",
        "outsourcing_planned_start",
        "outsourcing_planned_finish",
        "date_deadline",
        "outsourcing_hold_ids.state",
        "outsourcing_hold_ids.date_from",
        "outsourcing_hold_ids.date_until",
    )
    def _compute_outsourcing_deadlines(self):
        clocks = {}
        for task in self:
            task.update(task._prepare_deadlines(clocks))

    def _prepare_deadlines(self, clocks):
        """Return when the clock of the order starts and the deadline of each metric.

        :param dict clocks: calendar -> ``WorkClock``, shared by the orders of a batch
        """
        vals = {"outsourcing_date_clock": False, **dict.fromkeys(DEADLINES.values(), False)}
        if not self.outsourcing_contract_id:
            return vals
        start = self._get_clock_start()
        vals["outsourcing_date_clock"] = start and start + self._get_held_time(start)
        agreed = self._get_agreed_finish()
        if agreed:
            vals[DEADLINES["completion"]] = self._move_by_holds(agreed, WorkClock(), start)
            return vals
        if start:
            for metric, term in self._get_sla_terms().items():
                clock = self._get_clock(term, clocks)
                deadline = clock.plan(start, term.hours)
                vals[DEADLINES[metric]] = deadline and self._move_by_holds(deadline, clock, start)
        return vals

    def _get_clock_start(self):
        """Return when the clock starts; never before the order was entered, whatever time it is given."""
        return self.outsourcing_date_reopened or self._get_first_start()

    def _get_first_start(self):
        planned = self.outsourcing_kind == "planned" and self.outsourcing_planned_start
        start, entered = planned or self.outsourcing_date_requested, self.outsourcing_date_entered
        return max(start, entered) if start and entered else start

    def _get_agreed_finish(self):
        """Return the finish this one order has instead of the limits of its priority: planned, or ordered."""
        finish = False
        if self.outsourcing_kind == "planned" and not self.outsourcing_date_reopened:
            finish = self.outsourcing_planned_finish
        elif self.outsourcing_kind == "rectification":
            finish = self.date_deadline
        entered = self.outsourcing_date_entered
        return False if finish and entered and finish <= entered else finish  # over before it was entered

    def _get_sla_terms(self):
        """Return the contract's terms for the priority of the order: metric -> term."""
        terms = self.outsourcing_contract_id.sudo().sla_ids  # limits are no secret of whoever sees the order
        return {term.metric: term for term in terms if term.priority == self.outsourcing_priority}

    @api.model
    def _get_clock(self, term, clocks):
        calendar = term.calendar_id if term else self.env["resource.calendar"]
        if calendar not in clocks:
            clocks[calendar] = WorkClock(calendar.sudo())  # working hours only
        return clocks[calendar]

    def _get_stopping_holds(self):
        """Return the holds that stop the clock, oldest first."""
        holds = self.sudo().outsourcing_hold_ids  # who sees the order sees its deadlines
        return holds.filtered(lambda hold: hold.stops_clock and hold.state in ("granted", "ended")).sorted(
            "date_from"
        )

    def _get_held_time(self, start):
        """Return for how long the order has been on hold since ``start``, the running hold left aside."""
        return sum(
            (
                max(hold.date_until - max(hold.date_from, start), timedelta(0))
                for hold in self._get_stopping_holds()
                if hold.date_until
            ),
            timedelta(0),
        )

    def _move_by_holds(self, deadline, clock, start):
        """Return ``deadline`` later by the time that ran while the order was on hold."""
        for hold in self._get_stopping_holds():
            since = max(hold.date_from, start)
            if since >= deadline or not hold.date_until:
                break
            if hold.date_until > since:
                deadline = clock.plan(hold.date_until, clock.hours(since, deadline))
        return deadline

    def _get_running_hours(self, since, until, clock):
        """Return how long the clock ran between two moments, less the time the order was on hold."""
        hours = clock.hours(since, until)
        for hold in self._get_stopping_holds():
            hours -= clock.hours(max(hold.date_from, since), min(hold.date_until or until, until))
        return max(hours, 0.0)
