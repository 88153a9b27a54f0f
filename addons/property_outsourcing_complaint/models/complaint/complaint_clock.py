from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.dispatch.work_clock import WorkClock

from .outsourcing_complaint import TO_DO_STATES

# what is waited for -> (deadline, when it happened)
CLOCKS = {
    "accept": ("date_accept_due", "date_accepted"),
    "answer": ("date_answer_due", "date_answered"),
    "finish": ("date_finish_due", "date_done"),
}
DUES = [due for due, _reached in CLOCKS.values()]


class OutsourcingComplaint(models.Model):
    """By when it is accepted, answered and finished, on the hours of the community's desk."""

    _inherit = "outsourcing.complaint"

    date_accept_due = fields.Datetime("Accept by", compute="_compute_dues", store=True)
    date_answer_due = fields.Datetime("Answer by", compute="_compute_dues", store=True)
    date_finish_due = fields.Datetime("Finish by", compute="_compute_dues", store=True, recursive=True)
    date_next_due = fields.Datetime("Next Deadline", compute="_compute_next_due", store=True)
    next_step = fields.Selection(
        [("accept", "Accept"), ("answer", "Answer first"), ("finish", "Finish")],
        "Waits for",
        compute="_compute_next_due",
        store=True,
    )
    _state_due_idx = models.Index("(state, date_next_due, id)")  # a column of the board
    _due_idx = models.Index("(date_next_due) WHERE date_next_due IS NOT NULL")
    # the board and its bars count what is not over, without reading the years before
    _running_idx = models.Index(
        "(state, priority, company_id) WHERE state NOT IN ('closed', 'rejected', 'merged')"
    )

    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", search="_search_is_overdue")
    is_late = fields.Boolean(
        "Finished Late", compute="_compute_hours", store=True, help="When it was done its time was over."
    )
    hours_to_answer = fields.Float(
        "Hours to Answer", compute="_compute_hours", store=True, aggregator="avg", digits=(16, 1)
    )
    hours_to_finish = fields.Float(
        "Hours to Finish", compute="_compute_hours", store=True, aggregator="avg", digits=(16, 1)
    )

    @api.depends(
        "kind",
        "priority",
        "date_received",
        "date_returned",
        "date_hotline_due",
        "merged_ids.date_finish_due",
        "community_id.complaint_calendar_id",
        "company_id.resource_calendar_id",
    )
    def _compute_dues(self):
        limits, clocks = self.env["outsourcing.complaint.limit"]._get_limits(), {}
        # by what was done it was late or not, whatever priority it is given afterwards
        for complaint in self.filtered(lambda row: not row.date_done or not row.date_finish_due):
            limit = limits.get((complaint.kind, complaint.priority))
            if not limit or not complaint.community_id:
                complaint.update(dict.fromkeys(DUES, False))
                complaint.date_finish_due = complaint._get_promised_due()
                continue
            clock, start = complaint._get_clock(limit, clocks), complaint.date_received
            complaint.date_accept_due = clock.plan(start, limit.accept_hours)
            complaint.date_answer_due = clock.plan(start, limit.answer_hours)
            finish = clock.plan(complaint.date_returned or start, limit.finish_hours)
            complaint.date_finish_due = complaint._get_promised_due(finish)

    def _get_promised_due(self, finish=None):
        """Return the earliest of ``finish``, what 12345 asks for and what merged reports were promised.

        What was over before the resident returned it is past: the return has a limit of its own.
        """
        asked = [self.date_hotline_due, *self.merged_ids.mapped("date_finish_due")]
        back = self.date_returned
        known = [finish, *(due for due in asked if due and (not back or due > back))]
        return min(filter(None, known), default=False)

    @api.depends("state", *(name for pair in CLOCKS.values() for name in pair))
    def _compute_next_due(self):
        for complaint in self:
            open_clocks = [
                (complaint[due], step)
                for step, (due, reached) in CLOCKS.items()
                if complaint.state in TO_DO_STATES and complaint[due] and not complaint[reached]
            ]
            complaint.date_next_due, complaint.next_step = min(open_clocks, default=(False, False))

    @api.depends("date_next_due")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for complaint in self:
            complaint.is_overdue = bool(complaint.date_next_due and complaint.date_next_due < now)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("date_next_due", "<", fields.Datetime.now())
        return overdue if True in value else ~overdue

    @api.depends("date_received", "date_answered", "date_done", "date_finish_due")
    def _compute_hours(self):
        limits, clocks = self.env["outsourcing.complaint.limit"]._get_limits(), {}
        for complaint in self:
            clock = complaint._get_clock(limits.get((complaint.kind, complaint.priority)), clocks)
            start, done, due = complaint.date_received, complaint.date_done, complaint.date_finish_due
            answered = complaint.date_answered
            complaint.hours_to_answer = clock.hours(start, answered) if answered else 0.0
            complaint.hours_to_finish = clock.hours(start, done) if done else 0.0
            complaint.is_late = bool(done and due and done > due)

    def _get_clock(self, limit, clocks):
        """Return the running time of ``limit`` in the community.

        :param dict clocks: calendar -> ``WorkClock``, shared by the complaints of a batch
        """
        calendar = self.env["resource.calendar"]
        if limit and not limit.is_around_the_clock and self.community_id:
            calendar = self.community_id._get_complaint_calendar()
        if calendar not in clocks:
            clocks[calendar] = WorkClock(calendar)
        return clocks[calendar]
