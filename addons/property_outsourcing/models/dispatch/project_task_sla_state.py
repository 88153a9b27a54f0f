from odoo import api, fields, models
from odoo.tools import SQL

from .order_fields import SLA_INPUTS
from .project_task_sla import DEADLINES
from .sla_ranking import get_sla_ranking

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
    """Where a work order stands with its time limits.

    The state follows from the deadlines and the hour; it is written by one statement, the same for a single
    order and for all open ones.
    """

    _inherit = "project.task"

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
    # boards and schedules ask for what is open, which is little of all there ever was
    _outsourcing_open_idx = models.Index(
        "(stage_id) WHERE outsourcing_contract_id IS NOT NULL AND state NOT IN ('1_done', '1_canceled')"
    )

    @api.model
    def _group_expand_sla_states(self, states, domain):
        """Return the columns of the board, overdue first; what runs no more shows only when it is there."""
        return [state for state, _label in SLA_STATES if state in states or state not in ("met", "none")]

    @api.depends("outsourcing_next_deadline", "outsourcing_date_paused")
    def _compute_outsourcing_sla_remaining(self):
        now = fields.Datetime.now()
        for task in self:
            deadline = task.outsourcing_next_deadline
            moment = task.outsourcing_date_paused or now
            task.outsourcing_sla_remaining = (deadline - moment).total_seconds() / 3600 if deadline else 0.0

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
        ranked = self._get_ranking(open_orders)
        rows = self.env.execute_query(
            SQL("%s SELECT t.id FROM project_task t, ranked r WHERE %s ORDER BY t.id", ranked, _CHANGED)
        )
        return self.browse(row[0] for row in rows)

    @api.model
    def _write_sla_states(self, condition):
        ranked = self._get_ranking(condition)
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
    def _get_ranking(self, condition):
        """Return the ``WITH`` of :func:`get_sla_ranking` as of now, what it reads of companies flushed."""
        self.env["res.company"].flush_model(["outsourcing_sla_risk_percent", "outsourcing_sla_risk_minutes"])
        return get_sla_ranking(condition, fields.Datetime.now())
