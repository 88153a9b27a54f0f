from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..workflow.gate import open_gate
from ..workflow.step_refusal import refuse_step
from .project_task_hold import ACTIVITY_HOLD
from .project_task_workflow import STAFF


class OutsourcingOrderHold(models.Model):
    """A time in which a work order waits: asked for by the contractor or set by staff, never edited.

    Nobody has the right to write here; the methods check who acts and write as superuser.
    """

    _name = "outsourcing.order.hold"
    _description = "Hold of a Work Order"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.batch.mixin"]
    _order = "date_from desc, id desc"
    _rec_name = "reason_id"

    task_id = fields.Many2one("project.task", "Work Order", required=True, index=True, ondelete="restrict")
    contract_id = fields.Many2one(
        related="task_id.outsourcing_contract_id", store=True, index=True, precompute=True
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, precompute=True)
    community_id = fields.Many2one(
        related="task_id.outsourcing_community_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True, precompute=True)
    reason_id = fields.Many2one("outsourcing.hold.reason", required=True, index=True, ondelete="restrict")
    suspension_id = fields.Many2one(
        "outsourcing.contract.suspension",
        "Suspension of the Contract",
        index="btree_not_null",
        ondelete="restrict",
    )
    stops_clock = fields.Boolean(help="As the reason said on that day.")
    note = fields.Char()
    state = fields.Selection(
        [("requested", "Asked for"), ("granted", "On hold"), ("ended", "Ended"), ("refused", "Refused")],
        required=True,
        default="granted",
        index=True,
    )
    date_from = fields.Datetime("From", required=True)
    date_until = fields.Datetime("Until")
    hours = fields.Float("Held (hours)", compute="_compute_hours")
    requested_by_id = fields.Many2one("res.users", "Asked by")
    decided_by_id = fields.Many2one("res.users", "Decided by")
    date_decided = fields.Datetime("Decided")
    decision = fields.Char("Answer")

    _one_open = models.UniqueIndex(
        "(task_id) WHERE state IN ('requested', 'granted')", "The work order is on hold already."
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_until IS NULL OR date_until >= date_from)", "A hold cannot end before it starts."
    )

    @api.depends("date_from", "date_until", "state")
    def _compute_hours(self):
        now = fields.Datetime.now()
        for hold in self:
            end = hold.date_until or (now if hold.state == "granted" else hold.date_from)
            hold.hours = (end - hold.date_from).total_seconds() / 3600 if hold.date_from else 0.0

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("A hold of a work order is never deleted."))

    def _get_event_document(self):
        return self.task_id

    def _get_responsible_candidates(self):
        return super()._get_responsible_candidates() | self.task_id._get_responsible_candidates()

    def action_grant(self):
        """Grant what the contractor asked for; the clock has stopped since it was asked."""
        self._check_staff()
        self.sudo()._process_grant()  # the staff was checked in the line before

    def action_refuse(self):
        """Refuse what the contractor asked for; the clock went on."""
        self._check_staff()
        holds = self.sudo()  # the staff was checked in the line before
        holds._check_requested()
        holds._decide("refused")
        holds._apply_decision()

    def _check_staff(self):
        tasks = self.task_id
        if not tasks:
            raise refuse_step(self.env, STAFF)
        tasks._check_order_staff()

    def _check_requested(self):
        if any(hold.state != "requested" for hold in self):
            raise UserError(self.env._("This request has already been answered."))

    def _process_grant(self, decision=False):
        """Grant the requests ``self`` (in sudo). What was reported done meanwhile ends the hold at once."""
        self._check_requested()
        self._decide("granted", decision)
        for hold in self:
            completed = hold.task_id.outsourcing_date_completed
            if completed or hold.task_id.is_closed:
                hold._end(completed or fields.Datetime.now())
        self._apply_decision()

    def _apply_decision(self):
        """Let what was kept back while the requests ``self`` (in sudo) waited be said and recorded."""
        self.task_id._apply_holds()
        self.task_id._announce_breaches()
        self.task_id._record_lateness()
        self.task_id._record_course()

    def _decide(self, state, decision=False):
        vals = {"state": state, "decided_by_id": self.env.uid, "date_decided": fields.Datetime.now()}
        if decision:
            vals["decision"] = decision
        open_gate(self).write(vals)
        self.task_id.activity_unlink([ACTIVITY_HOLD])
        label = dict(self._fields["state"]._description_selection(self.env))[state]
        self.task_id._message_log_batch(
            {
                hold.task_id.id: self.env._(
                    "Hold (%(reason)s): %(state)s.", reason=hold.reason_id.name, state=label
                )
                for hold in self
            }
        )

    def _end(self, moment):
        """End the holds ``self`` (in sudo) at ``moment``."""
        for hold in self:
            open_gate(hold).write({"state": "ended", "date_until": max(moment, hold.date_from)})

    @api.model
    def _cron_grant_unanswered(self):
        """Grant requests the property company has not answered in time: silence has an outcome."""
        now = fields.Datetime.now()
        companies = self.env["res.company"].search([("outsourcing_hold_answer_hours", ">", 0)])
        waiting = Domain("state", "=", "requested")
        overdue = Domain.OR(
            Domain("company_id", "in", group.ids) & Domain("date_from", "<=", now - timedelta(hours=hours))
            for hours, group in companies.grouped("outsourcing_hold_answer_hours").items()
        )
        self.search(waiting & overdue)._run_in_batches("_process_unanswered", domain=waiting)

    def _process_unanswered(self):
        self._process_grant(self.env._("Granted: the request was not answered in time."))
