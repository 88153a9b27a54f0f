from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .order_fields import REPORTS, SLA_INPUTS
from .work_clock import WorkClock

METRICS = ("response", "arrival", "completion")
REPORTED = dict(zip(METRICS, REPORTS, strict=True))
DEADLINES = {metric: f"outsourcing_sla_{metric}_deadline" for metric in METRICS}
_FLUSHED = ("outsourcing_date_clock", "outsourcing_missed_limits")
_VERDICT = (
    "outsourcing_next_deadline", "outsourcing_sla_state", "outsourcing_sla_rank", "outsourcing_breach_count",
)  # fmt: skip
_CHANGED = SQL(
    """
    t.id = r.id
    AND (t.outsourcing_next_deadline, t.outsourcing_sla_state, t.outsourcing_sla_rank,
         t.outsourcing_breach_count)
        IS DISTINCT FROM (r.next, r.state::varchar, r.rank, r.breaches)
    """
)
SLA_STATES = [
    ("breached", "Breached"),
    ("at_risk", "At risk"),
    ("on_time", "On time"),
    ("paused", "Paused"),
    ("met", "Met"),
    ("none", "No limit running"),
]


class ProjectTask(models.Model):
    """The time limits of a work order: deadlines by the contract's terms, and where the order stands.

    Deadlines follow from the terms when their inputs change. The state follows from the deadlines and the
    hour; it is written by one statement, the same for a single order and for all open ones.
    """

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
    outsourcing_next_deadline = fields.Datetime("Next Deadline", readonly=True, copy=False)
    outsourcing_sla_state = fields.Selection(
        SLA_STATES, "SLA State", readonly=True, copy=False, group_expand="_group_expand_sla_states"
    )
    outsourcing_sla_rank = fields.Integer(
        "Urgency", readonly=True, copy=False, aggregator=None, help="0 is overdue; orders are sorted by it."
    )
    outsourcing_breach_count = fields.Integer(
        "Limits Missed", readonly=True, copy=False, help="Time limits missed since the clock last started."
    )
    outsourcing_sla_remaining = fields.Float(
        "Time Left",
        compute="_compute_outsourcing_sla_remaining",
        help="Hours until the next deadline; negative when it has passed. Stands still while on hold.",
    )

    _outsourcing_urgency_idx = models.Index(
        "(outsourcing_sla_rank, outsourcing_next_deadline) WHERE outsourcing_contract_id IS NOT NULL"
    )

    @api.model
    def _group_expand_sla_states(self, states, domain):
        """Return the columns of the board, overdue first; what runs no more shows only when it is there."""
        return [state for state, _label in SLA_STATES if state in states or state not in ("met", "none")]

    # ---- deadlines --------------------------------------------------------------------------------------

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

    @api.depends("outsourcing_next_deadline", "outsourcing_date_paused")
    def _compute_outsourcing_sla_remaining(self):
        now = fields.Datetime.now()
        for task in self:
            deadline = task.outsourcing_next_deadline
            moment = task.outsourcing_date_paused or now
            task.outsourcing_sla_remaining = (deadline - moment).total_seconds() / 3600 if deadline else 0.0

    # ---- state ------------------------------------------------------------------------------------------

    def _update_sla_state(self):
        """Bring next deadline, state, rank and number of missed limits of the orders ``self`` up to date.

        :return: the orders that changed and have missed a limit, or had: see :meth:`_announce_breaches`
        """
        if not self.ids:
            return self.browse()
        self.flush_recordset([*SLA_INPUTS, *DEADLINES.values(), *_FLUSHED])
        return self._write_sla_states(SQL("t.id = ANY(%s)", list(self.ids)))

    @api.model
    def _process_sla_states(self):
        """Update the states of all open orders; the number of queries does not depend on theirs.

        :return: the orders that changed
        """
        changing = self._search_sla_changes()
        changing._update_sla_state()
        return changing

    @api.model
    def _search_sla_changes(self):
        """Return the open orders whose state is no longer that of the hour."""
        self.flush_model([*SLA_INPUTS, *DEADLINES.values(), *_FLUSHED, *_VERDICT])
        open_orders = SQL("t.state NOT IN ('1_done', '1_canceled') AND t.outsourcing_date_completed IS NULL")
        ranked = self._get_sla_ranking(open_orders, fields.Datetime.now())
        rows = self.env.execute_query(
            SQL("%s SELECT t.id FROM project_task t, ranked r WHERE %s ORDER BY t.id", ranked, _CHANGED)
        )
        return self.browse(row[0] for row in rows)

    @api.model
    def _write_sla_states(self, condition):
        ranked = self._get_sla_ranking(condition, fields.Datetime.now())
        rows = self.env.execute_query(
            SQL(
                """
                %s UPDATE project_task t
                   SET outsourcing_next_deadline = r.next, outsourcing_sla_state = r.state,
                       outsourcing_sla_rank = r.rank, outsourcing_breach_count = r.breaches
                  FROM ranked r
                 WHERE %s
             RETURNING t.id, r.breaches > 0 OR t.outsourcing_missed_limits IS NOT NULL
                """,
                ranked,
                _CHANGED,
            )
        )
        self.browse(row[0] for row in rows).invalidate_recordset(_VERDICT, flush=False)
        return self.browse(row[0] for row in rows if row[1])

    @api.model
    def _get_sla_ranking(self, condition, now):
        """Return the ``WITH`` that finds what the states of the orders meeting ``condition`` are now."""
        self.env["res.company"].flush_model(["outsourcing_sla_risk_percent", "outsourcing_sla_risk_minutes"])
        return SQL(
            """
            WITH fact AS (
                SELECT t.id, t.state IN ('1_done', '1_canceled') AS closed, t.state AS task_state,
                       t.outsourcing_date_clock AS clock, t.outsourcing_date_paused AS paused,
                       COALESCE(t.outsourcing_date_completed, t.outsourcing_date_closed) AS over,
                       LEAST(
                           CASE WHEN t.outsourcing_date_responded IS NULL
                                THEN t.outsourcing_sla_response_deadline END,
                           CASE WHEN t.outsourcing_date_arrived IS NULL
                                THEN t.outsourcing_sla_arrival_deadline END,
                           CASE WHEN t.outsourcing_date_completed IS NULL
                                THEN t.outsourcing_sla_completion_deadline END
                       ) AS next,
                       COALESCE(t.outsourcing_sla_response_deadline, t.outsourcing_sla_arrival_deadline,
                                t.outsourcing_sla_completion_deadline) IS NOT NULL AS limited,
                       (SELECT count(*) FROM (VALUES
                           (t.outsourcing_sla_response_deadline, t.outsourcing_date_responded),
                           (t.outsourcing_sla_arrival_deadline, t.outsourcing_date_arrived),
                           (t.outsourcing_sla_completion_deadline, t.outsourcing_date_completed)
                       ) AS m (deadline, reached)
                       WHERE m.deadline < COALESCE(m.reached, t.outsourcing_date_closed,
                                                   t.outsourcing_date_paused, %(now)s)) AS breaches,
                       COALESCE(c.outsourcing_sla_risk_percent, 0) AS percent,
                       COALESCE(c.outsourcing_sla_risk_minutes, 0) * INTERVAL '1 minute' AS minutes
                  FROM project_task t
             LEFT JOIN res_company c ON c.id = t.company_id
                 WHERE t.outsourcing_contract_id IS NOT NULL AND %(condition)s
            ), verdict AS (
                SELECT f.id, f.closed, f.over, f.breaches,
                       CASE WHEN f.closed OR f.over IS NOT NULL THEN NULL ELSE f.next END AS next,
                       CASE WHEN (f.closed OR f.over IS NOT NULL OR f.next IS NULL)
                            THEN CASE WHEN f.breaches > 0 THEN 'breached'
                                      WHEN f.limited AND f.task_state <> '1_canceled' THEN 'met'
                                      ELSE 'none' END
                            WHEN f.paused <= f.next THEN 'paused'
                            WHEN f.clock > %(now)s THEN 'none'
                            WHEN f.next < %(now)s THEN 'breached'
                            WHEN f.next - LEAST(
                                f.next - f.clock, GREATEST((f.next - f.clock) * f.percent / 100.0, f.minutes)
                            ) <= %(now)s THEN 'at_risk'
                            ELSE 'on_time' END AS state
                  FROM fact f
            ), ranked AS (
                SELECT v.id, v.next, v.state, v.breaches::int AS breaches,
                       CASE WHEN v.closed THEN 9
                            WHEN v.over IS NOT NULL THEN 5
                            ELSE array_position(
                                ARRAY['breached', 'at_risk', 'on_time', 'paused', 'none', 'met'], v.state
                            ) - 1 END AS rank
                  FROM verdict v
            )
            """,
            now=now,
            condition=condition,
        )
