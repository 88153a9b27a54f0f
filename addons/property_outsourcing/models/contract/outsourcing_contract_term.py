from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

ACTIVITY_EXPIRY = "property_outsourcing.activity_type_contract_expiry"
BATCH = 100


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
        today = fields.Date.context_today(self)
        for contract in self:
            running = contract.state in ("active", "suspended")
            contract.is_lapsed = running and bool(contract.date_end) and contract.date_end < today

    def _search_is_lapsed(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("state", "in", ("active", "suspended")) & Domain("date_end", "<", today)

    @api.depends("date_end", "state", "company_id")
    def _compute_is_expiring(self):
        today = fields.Date.context_today(self)
        limits = {
            company.id: today + timedelta(days=company.outsourcing_expiry_days)
            for company in self.company_id.sudo()  # a setting
        }
        for contract in self:
            contract.is_expiring = (
                contract.state == "active"
                and bool(contract.date_end)
                and today <= contract.date_end <= limits.get(contract.company_id.id, today)
            )

    def _search_is_expiring(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_expiring_domain()

    @api.model
    def _get_expiring_domain(self):
        """Return the domain of running contracts near their end, by the setting of each company."""
        today = fields.Date.context_today(self)
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
            [("date_resumed", "=", False), ("date_until", "<", fields.Date.context_today(self))],
        )
        for domain, process in (
            (expiring, type(self)._process_expiring),
            (lapsed, type(self)._process_lapsed),
            (overdue, type(self)._process_overdue_suspensions),
        ):
            contracts = self.search(domain)
            for start in range(0, len(contracts), BATCH):
                process(contracts[start : start + BATCH])
                self.env["ir.cron"]._commit_progress(processed=BATCH)

    def _process_expiring(self):
        """Remind the manager of each contract, once, that its end is near."""
        for contract in self:
            contract._schedule_term(
                contract.date_end, self.env._("Ends soon: renew, tender anew or let it end")
            )
        self._gated().write({"date_expiry_announced": fields.Date.context_today(self)})

    def _process_lapsed(self):
        """Complete lapsed contracts, or leave them to their manager, as the company has set."""
        today = fields.Date.context_today(self)
        for contract in self:
            reason = contract._complete_lapsed() if contract._completes_when_lapsed() else False
            if contract.state != "completed":
                contract._schedule_term(
                    today, self.env._("Lapsed: renew it, or complete and settle it"), reason
                )
        self._gated().write({"date_lapse_announced": today})

    def _process_overdue_suspensions(self):
        """Remind the manager of suspensions whose planned end has passed."""
        for contract in self:
            if not contract.activity_search([ACTIVITY_EXPIRY]):
                contract._schedule_term(
                    fields.Date.context_today(self), self.env._("Suspension has run out: resume or extend it")
                )

    def _completes_when_lapsed(self):
        return self.state == "active" and self.company_id.outsourcing_lapse_action == "complete"

    def _complete_lapsed(self):
        """Complete the lapsed contract; return why it could not be, or False."""
        try:
            with self.env.cr.savepoint():
                self._as_system()._transition_to("completed")
        except UserError as error:
            return str(error.args[0])
        return False

    def _schedule_term(self, date, summary, note=False):
        self.ensure_one()
        user = self.manager_id or self.community_id.manager_id
        if user:
            self.activity_schedule(
                ACTIVITY_EXPIRY, date_deadline=date, summary=summary, note=note, user_id=user.id
            )

    # ---- renewal ----------------------------------------------------------------------------------------

    def action_renew(self):
        """Propose the next term: the day after, as long as this one."""
        self.ensure_one()
        self._check_may_renew()
        return self._get_step_wizard("outsourcing.contract.renew", self.env._("Renew"))

    def action_view_renewals(self):
        """Open the contract this one renews, or the one that renews it."""
        self.ensure_one()
        others = self.previous_id | self.next_ids
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Renewals"),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", others.ids)],
        }

    def _check_may_renew(self):
        """Raise UserError unless the contract may be renewed: it ran, and nobody has renewed it yet."""
        self.ensure_one()
        self._require_group("property_outsourcing.group_outsourcing_user")
        self.check_access("write")
        if self.state not in ("active", "suspended", "completed", "closed"):
            raise UserError(
                self.env._(
                    "%(contract)s is %(state)s and cannot be renewed.",
                    contract=self.display_name,
                    state=self._get_state_label(),
                )
            )
        if self.next_id:
            raise UserError(
                self.env._(
                    "%(contract)s has already been renewed by %(next)s.",
                    contract=self.display_name,
                    next=self.next_id.display_name,
                )
            )

    def _get_next_term(self):
        """Return (first day, last day) of the next term: from the day after, as long as this one."""
        self.ensure_one()
        start = self.date_end + timedelta(days=1)
        months = (start.year - self.date_start.year) * 12 + start.month - self.date_start.month
        if start.day == self.date_start.day and months:
            return start, fields.Date.add(start, months=months) - timedelta(days=1)
        return start, start + (self.date_end - self.date_start)

    def _renew(self, date_start, date_end):
        """Return a draft with all terms of this contract for the next term, linked to it."""
        self._check_may_renew()
        if date_start <= self.date_end:
            raise UserError(self.env._("The next term starts after %s.", self.date_end))
        renewal = self.copy(self._prepare_renewal_vals(date_start, date_end))
        renewal._gated().write({"previous_id": self.id})
        renewal._shift_rows(date_start - self.date_start)
        documents = self._get_documents_to_renew(date_end)
        if documents:
            renewal.message_post(
                body=self.env._("Documents to renew: %s", ", ".join(documents.mapped("name")))
            )
        self.sudo().activity_feedback([ACTIVITY_EXPIRY])  # whoever renews has settled the reminder
        return renewal

    def _prepare_renewal_vals(self, date_start, date_end):
        """Return what differs in the renewal. Hook: extend super's dict."""
        return {"date_start": date_start, "date_end": date_end, "title": self.title}

    def _shift_rows(self, delta):
        """Move the payment rows of a fresh renewal into its own term."""
        self.ensure_one()
        if self.period_amount:
            return self.action_generate_periods()
        for row in self.milestone_ids:  # each has its own dates
            names = ("date_start", "date_end", "date_due")
            row.write({name: row[name] + delta for name in names if row[name]})

    def _get_documents_to_renew(self, date_end):
        """Return the required document types that will not be in force until ``date_end``.

        What is signed for one contract, the safety letter for example, is always among them.
        """
        self.ensure_one()
        firm = self.contractor_id.sudo()  # validity of its documents only
        in_force = firm.outsourcing_compliance_ids.filtered(
            lambda document: not document.has_expiry or (document.date_end and document.date_end >= date_end)
        )
        return self.required_document_type_ids.filtered(
            lambda kind: kind.scope == "contract" or kind not in in_force.type_id
        )

    def _get_renewal_recommendation(self):
        """Return whether this contract should be renewed, as far as anybody has judged its performance.

        Hook: an evaluation overrides it.

        :return: dict with ``advice`` (``renew``, ``improve``, ``end`` or False) and ``reasons``, sentences
        """
        self.ensure_one()
        return {"advice": False, "reasons": []}

    # ---- workflow ---------------------------------------------------------------------------------------

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("completed", "closed", "terminated"):
            self.activity_feedback([ACTIVITY_EXPIRY])
