from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import RUNNING_STATES
from ..workflow.trade_time import trade_today

ACTIVITY_EXPIRY = "property_outsourcing.activity_type_contract_expiry"
ACTIVITY_LAPSE = "property_outsourcing.activity_type_contract_lapse"
ACTIVITY_SUSPENSION = "property_outsourcing.activity_type_contract_suspension"


class OutsourcingContract(models.Model):
    """The term of a contract: announced before it ends, lapsed after it, renewed by a linked draft."""

    _inherit = "outsourcing.contract"

    previous_id = fields.Many2one(
        "outsourcing.contract",
        "Renewal of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    next_ids = fields.One2many("outsourcing.contract", "previous_id", "Renewals")
    next_id = fields.Many2one("outsourcing.contract", "Renewed by", compute="_compute_next_id")
    is_lapsed = fields.Boolean(
        "Lapsed",
        compute="_compute_is_lapsed",
        search="_search_is_lapsed",
        help="The last day has passed; nothing is dispatched any more.",
    )
    is_expiring = fields.Boolean(compute="_compute_is_expiring", search="_search_is_expiring")
    date_expiry_announced = fields.Date("Expiry Announced on", readonly=True, copy=False)
    date_lapse_announced = fields.Date("Lapse Announced on", readonly=True, copy=False)

    @api.depends("next_ids.state")
    def _compute_next_id(self):
        for contract in self:
            contract.next_id = contract.next_ids.filtered(lambda other: other.state != "cancelled")[:1]

    @api.depends("date_end", "state")
    def _compute_is_lapsed(self):
        today = trade_today(self)
        lapsed = self.filtered(
            lambda contract: (
                contract.state in RUNNING_STATES and contract.date_end and contract.date_end < today
            )
        )
        lapsed.is_lapsed = True
        (self - lapsed).is_lapsed = False

    def _search_is_lapsed(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = trade_today(self)
        return Domain("state", "in", RUNNING_STATES) & Domain("date_end", "<", today)

    @api.depends("date_end", "state", "company_id")
    def _compute_is_expiring(self):
        today = trade_today(self)
        limits = {
            company.id: today + timedelta(days=company._get_outsourcing_setting("outsourcing_expiry_days"))
            for company in self.company_id
        }
        expiring = self.filtered(
            lambda contract: (
                contract.state == "active"
                and contract.date_end
                and today <= contract.date_end <= limits.get(contract.company_id.id, today)
            )
        )
        expiring.is_expiring = True
        (self - expiring).is_expiring = False

    def _search_is_expiring(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_expiring_domain()

    @api.model
    def _get_expiring_domain(self):
        """Return the domain of running contracts near their end, by the setting of each company."""
        today = trade_today(self)
        companies = self.env["res.company"].sudo().search([])  # a setting
        near = Domain.OR(
            Domain("company_id", "in", group.ids) & Domain("date_end", "<=", today + timedelta(days=days))
            for days, group in companies.grouped("outsourcing_expiry_days").items()
        )
        return Domain("state", "=", "active") & Domain("date_end", ">=", today) & near

    # ---- schedule ---------------------------------------------------------------------------------------

    @api.model
    def _cron_watch_terms(self):
        """Announce contracts near their end, deal with lapsed ones, remind of suspensions that ran out."""
        expiring = self._get_expiring_domain() & Domain("date_expiry_announced", "=", False)
        lapsed = Domain("is_lapsed", "=", True) & Domain("date_lapse_announced", "=", False)
        overdue = Domain("state", "=", "suspended") & Domain(
            "suspension_ids",
            "any",
            [("date_resumed", "=", False), ("date_until", "<", trade_today(self))],
        )
        return (
            self.search(expiring)._run_in_batches("_process_expiring", domain=expiring)
            and self.search(lapsed)._run_in_batches("_process_lapsed", domain=lapsed)
            and self.search(overdue)._run_in_batches("_process_overdue_suspensions", domain=overdue)
        )

    def _process_expiring(self):
        """Remind who looks after each contract, once, that its end is near."""
        summary = self.env._("Ends soon: renew, tender anew or let it end")
        self._schedule_events(
            ACTIVITY_EXPIRY,
            {contract: {"summary": summary, "date_deadline": contract.date_end} for contract in self},
        )
        self._gated().write({"date_expiry_announced": trade_today(self)})

    def _process_lapsed(self):
        """Complete lapsed contracts, or leave them to who looks after them, as the company has set."""
        summary = self.env._("Lapsed: renew it, or complete and settle it")
        completing = self.filtered(lambda contract: contract._completes_when_lapsed())
        left = dict.fromkeys(self - completing, False) | completing._complete_lapsed()
        self._schedule_events(
            ACTIVITY_LAPSE,
            {contract: {"summary": summary, "note": reason} for contract, reason in left.items()},
        )
        self._gated().write({"date_lapse_announced": trade_today(self)})

    def _process_overdue_suspensions(self):
        """Remind who looks after the contracts of suspensions whose planned end has passed."""
        self._schedule_event(ACTIVITY_SUSPENSION, self.env._("Suspension has run out: resume or extend it"))

    def _completes_when_lapsed(self):
        return self.state == "active" and self.company_id.outsourcing_lapse_action == "complete"

    def _complete_lapsed(self):
        """Complete the lapsed contracts; return why some could not be: dict contract -> sentence."""
        missing = self.sudo()._get_points_by_record("completed")  # sentences only
        left = {
            contract: str(self._get_refusal({contract: points}).args[0])
            for contract, points in missing.items()
        }
        ready = self.filtered(lambda contract: contract not in left)
        try:
            with self.env.cr.savepoint():
                ready._as_system()._transition_to("completed")
        except UserError as error:
            if len(ready) == 1:
                return left | {ready: str(error.args[0])}
            for contract in ready:  # one of them stands in the way
                left |= contract._complete_lapsed()
        return left

    # ---- workflow ---------------------------------------------------------------------------------------

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("completed", "closed", "terminated"):
            self.activity_feedback([ACTIVITY_EXPIRY, ACTIVITY_LAPSE])
        if target in ("active", "completed", "closed", "terminated"):
            self.activity_feedback([ACTIVITY_SUSPENSION])
