from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..workflow.trade_time import trade_today

ACTIVITY_DELIVERABLE = "property_outsourcing.mail_activity_type_deliverable"


class OutsourcingContractDeliverable(models.Model):
    """Who looks at a deliverable, and the reminder before it is due."""

    _inherit = "outsourcing.contract.deliverable"

    term_id = fields.Many2one(
        "outsourcing.contract.deliverable.term",
        "Deliverable Term",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    reviewer_id = fields.Many2one(
        "res.users",
        compute="_compute_reviewer_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
        domain=[("share", "=", False)],
    )
    remind_days = fields.Integer("Remind before (days)", default=3)
    date_remind = fields.Date(compute="_compute_date_remind", store=True, index=True)
    date_reminded = fields.Date("Reminded on", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "submitted_by_id", "date_submitted", "reviewed_by_id", "date_reviewed", "date_reminded",
            "date_late_recorded",
        }  # fmt: skip

    @api.model
    def _get_open_states(self):
        return {**super()._get_open_states(), "reviewer_id": ("due", "submitted", "returned")}

    @api.depends("contract_id", "milestone_id")
    def _compute_reviewer_id(self):
        for item in self:
            contract = item.contract_id
            community = item.milestone_id.community_id or contract.community_id
            item.reviewer_id = item.reviewer_id or contract._get_deliverable_reviewer(item.term_id, community)

    @api.depends("date_due", "remind_days")
    def _compute_date_remind(self):
        for item in self:
            item.date_remind = item.date_due and item.date_due - timedelta(days=item.remind_days)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.reviewer_id | self.contract_id.manager_id | self.community_id._get_managers()

    @api.model
    def _get_duty_fields(self):
        still_open = [("state", "!=", "accepted")]
        return {**super()._get_duty_fields(), "reviewer_id": still_open}

    @api.model
    def _get_reminder_domain(self):
        today = trade_today(self)
        return (
            Domain("state", "in", ("due", "returned"))
            & Domain("date_remind", "<=", today)
            & Domain("date_reminded", "=", False)
            & Domain("contract_id.state", "=", "active")
        )

    @api.model
    def _cron_remind(self):
        """Remind the reviewers of what falls due in the coming days."""
        domain = self._get_reminder_domain()
        self.search(domain)._run_in_batches("_process_reminders", domain=domain, size=500)

    def _process_reminders(self):
        """Give the reviewer of each deliverable an activity; the number of queries does not grow."""
        quiet = self.with_context(mail_activity_quick_update=True)  # hundreds of letters say no more
        quiet._schedule_events(
            ACTIVITY_DELIVERABLE,
            {
                item: {
                    "summary": self.env._(
                        "%(name)s of %(contractor)s is due",
                        name=item.name,
                        contractor=item.contractor_id.name,
                    ),
                    "date_deadline": item.date_due,
                    "users": item.reviewer_id,
                }
                for item in self
            },
        )
        self._gated().write({"date_reminded": trade_today(self)})

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("submitted", "accepted"):
            self.activity_unlink([ACTIVITY_DELIVERABLE])
