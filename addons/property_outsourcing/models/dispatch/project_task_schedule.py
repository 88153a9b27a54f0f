from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare

from ...tools import RUNNING_STATES
from ..workflow.gate import open_gate

CAUSES = [
    ("predecessor", "Waits for another order"),
    ("held", "On hold"),
    ("not_started", "Not started in time"),
    ("overrun", "Takes longer than planned"),
]
_FORECAST = (
    "outsourcing_forecast_finish", "outsourcing_delay_days", "outsourcing_delay_cause",
    "outsourcing_blocking_id",
)  # fmt: skip


class ProjectTask(models.Model):
    """Planned against actual: what slips, by how much, and why, through the dependencies between orders."""

    _inherit = "project.task"

    outsourcing_planned_start = fields.Datetime("Planned Start", copy=False, tracking=True)
    outsourcing_planned_finish = fields.Datetime("Planned Finish", copy=False, tracking=True)
    outsourcing_progress = fields.Integer("Progress (%)", copy=False, aggregator="avg")
    outsourcing_forecast_finish = fields.Datetime(
        "Expected Finish",
        readonly=True,
        copy=False,
        help="Actual finish once done; before that what plan, start, progress and blocking orders "
        "let expect.",
    )
    outsourcing_delay_days = fields.Float(
        "Delay (days)", readonly=True, copy=False, digits=(16, 1), aggregator="max"
    )
    outsourcing_delay_cause = fields.Selection(CAUSES, "Cause of Delay", readonly=True, copy=False)
    outsourcing_blocking_id = fields.Many2one(
        "project.task", "Blocking Order", readonly=True, copy=False, index="btree_not_null"
    )

    _outsourcing_progress_range = models.Constraint(
        "CHECK(outsourcing_progress IS NULL OR outsourcing_progress BETWEEN 0 AND 100)",
        "Progress lies between 0 and 100 percent.",
    )

    @api.constrains("outsourcing_planned_start", "outsourcing_planned_finish")
    def _check_outsourcing_planned_dates(self):
        for task in self:
            start, finish = task.outsourcing_planned_start, task.outsourcing_planned_finish
            if start and finish and finish < start:
                raise ValidationError(
                    self.env._("%s: the planned finish lies before the planned start.", task.name)
                )

    def _update_schedule(self):
        """Forecast anew what the orders ``self`` and those of their contracts let expect."""
        planned = self.filtered("outsourcing_planned_finish")
        dropped = (self - planned).filtered("outsourcing_forecast_finish")
        if dropped:
            open_gate(dropped).write({**dict.fromkeys(_FORECAST, False), "outsourcing_delay_days": 0.0})
        if planned:
            domain = [("outsourcing_contract_id", "in", planned.outsourcing_contract_id.ids)]
            self.sudo()._search_planned(domain)._process_schedule()  # forecasts of orders not seen count too

    @api.model
    def _cron_update_schedule(self):
        """Let the hour work on the forecasts of the open orders of running contracts.

        A closed order has the forecast it was closed with.
        """
        running = [
            ("outsourcing_contract_id.state", "in", RUNNING_STATES),
            ("is_closed", "=", False),
        ]
        ordered = self._search_planned(running)._sort_by_dependency()  # who waits comes after
        self.browse(order.id for order in ordered)._run_in_batches("_process_schedule", size=500)

    @api.model
    def _search_planned(self, domain):
        return self.search([*domain, ("outsourcing_planned_finish", "!=", False)])

    def _process_schedule(self):
        """Write the forecasts of the orders ``self`` (in sudo); one statement for all that changed.

        What they wait for outside ``self`` has the forecast it was last given.
        """
        now = fields.Datetime.now()
        forecasts = {}
        for order in self._sort_by_dependency():
            forecasts[order] = order._prepare_forecast(forecasts, now)
        changed = {order: vals for order, vals in forecasts.items() if order._is_forecast_changed(vals)}
        if changed:
            self.flush_recordset(_FORECAST)
            rows = [
                (order.id, vals["finish"], vals["delay"], vals["cause"], vals["blocking"])
                for order, vals in changed.items()
            ]
            self.env.cr.execute_values(
                "UPDATE project_task t SET outsourcing_forecast_finish = v.finish::timestamp, "
                "outsourcing_delay_days = v.delay::numeric, outsourcing_delay_cause = v.cause::varchar, "
                "outsourcing_blocking_id = v.blocking::int4 "
                "FROM (VALUES %s) AS v (id, finish, delay, cause, blocking) WHERE t.id = v.id::int4",
                rows,
                page_size=len(rows),
            )
            self.invalidate_recordset(_FORECAST, flush=False)

    def _sort_by_dependency(self):
        """Return the orders ``self`` as a list in which each comes after those it depends on."""
        waiting = {order: set(order.depend_on_ids & self) for order in self}
        followers = {}
        for order, others in waiting.items():
            for other in others:
                followers.setdefault(other, []).append(order)
        ready = [order for order, others in waiting.items() if not others]
        ordered = []
        while ready:
            order = ready.pop()
            ordered.append(order)
            for follower in followers.get(order, ()):
                waiting[follower].discard(order)
                if not waiting[follower]:
                    ready.append(follower)
        return ordered

    def _prepare_forecast(self, forecasts, now):
        """Return what to expect of the order: ``finish``, ``delay`` in days, ``cause``, ``blocking`` (id).

        :param dict forecasts: those of the orders looked at before
        """
        planned = self.outsourcing_planned_finish
        finish, cause, blocking = self._get_expected_finish(forecasts, now)
        delay = round(max((finish - planned).total_seconds(), 0.0) / 86400, 1)
        if self.state == "1_canceled":
            delay = 0.0
        late = delay > 0
        return {
            "finish": finish,
            "delay": delay,
            "cause": (late and cause) or None,
            "blocking": (late and blocking.id) or None,
        }

    def _get_expected_finish(self, forecasts, now):
        none = self.browse()
        planned, start = self.outsourcing_planned_finish, self.outsourcing_planned_start
        over = self.outsourcing_date_completed or self.outsourcing_date_closed
        duration = planned - start if start and start < planned else timedelta(0)
        if over:
            return over, self.outsourcing_delay_cause or "overrun", self.outsourcing_blocking_id
        if self.outsourcing_date_arrived:
            rest = duration * (100 - (self.outsourcing_progress or 0)) / 100
            expected = self.outsourcing_date_arrived + duration
            if self.outsourcing_progress and expected < now:
                expected = now + rest
            return max(expected, now), "held" if self.outsourcing_hold_id else "overrun", none
        begin, cause, blocking = start or planned, "not_started", none
        if begin < now:
            begin, cause = now, "held" if self.outsourcing_hold_id else "not_started"
        for other in self.depend_on_ids:
            expected = forecasts[other]["finish"] if other in forecasts else other.outsourcing_forecast_finish
            if expected and other.state != "1_canceled" and expected > begin:
                begin, cause, blocking = expected, "predecessor", other
        return begin + duration, cause, blocking

    def _is_forecast_changed(self, vals):
        finish = self.outsourcing_forecast_finish
        return (
            not finish
            or abs((finish - vals["finish"]).total_seconds()) >= 60
            or float_compare(self.outsourcing_delay_days, vals["delay"], precision_digits=1) != 0
            or (self.outsourcing_delay_cause or None) != vals["cause"]
            or (self.outsourcing_blocking_id.id or None) != vals["blocking"]
        )
