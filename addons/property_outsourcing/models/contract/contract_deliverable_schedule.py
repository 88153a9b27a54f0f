from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

STEP_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class OutsourcingContract(models.Model):
    """When the deliverables a contract agrees on fall due. Activation creates them in one go."""

    _inherit = "outsourcing.contract"

    deliverable_term_ids = fields.One2many(
        "outsourcing.contract.deliverable.term", "contract_id", "Deliverable Terms", copy=True
    )
    deliverable_count = fields.Integer(compute="_compute_counters")
    deliverable_late_count = fields.Integer("Late Deliverables", compute="_compute_counters")

    @api.model
    def _get_counters(self):
        deliverables = ("outsourcing.contract.deliverable", "contract_id")
        return {
            **super()._get_counters(),
            "deliverable_count": (*deliverables, []),
            "deliverable_late_count": (*deliverables, [("is_late", "=", True)]),
        }

    def action_view_deliverables(self):
        """Open the deliverables of the contract."""
        return self._get_contract_action("property_outsourcing.outsourcing_contract_deliverable_action")

    def _create_deliverables(self):
        """Create the deliverables the contracts' own terms ask for."""
        (self.community_ids | self.community_id).mapped("supervisor_ids")  # of all in one query
        vals_list = []
        for contract in self:
            vals_list += contract._prepare_all_deliverables()
        # the chatter of what a schedule writes says nothing anybody would read
        quiet = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
        self.env["outsourcing.contract.deliverable"].with_context(**quiet).create(vals_list)

    def _prepare_all_deliverables(self):
        """Return the values of all deliverables the contract's terms ask for with its present rows."""
        self.ensure_one()
        return [vals for term in self.deliverable_term_ids for vals in self._prepare_deliverables(term)]

    def _prepare_deliverables(self, term):
        """Return the values of all deliverables of one term."""
        self.ensure_one()
        if term.recurrence in ("row", "completion"):
            return [row._prepare_deliverable_vals(term) for row in self._get_rows_of_term(term)]
        communities = self.community_ids | self.community_id if term.per_community else self.community_id
        return [
            self._prepare_recurring_deliverable_vals(term, community, start, end)
            for community in communities
            for start, end in self._get_deliverable_periods(term.recurrence)
        ]

    def _get_rows_of_term(self, term):
        """Return the payment rows that each owe the deliverable of ``term``: all, or those of completion."""
        self.ensure_one()
        rows = self.milestone_ids.filtered(lambda row: row.kind != "advance")  # paid before any work
        if term.recurrence == "row":
            return rows
        completions = self._get_completion_rows()
        if completions.filtered(lambda row: row.kind == "completion"):
            return completions
        has_one = self.deliverable_ids.filtered(lambda item: item.term_id == term)
        return completions.browse() if has_one else completions

    def _get_deliverable_periods(self, recurrence):
        """Return the (first day, last day) pairs of the rhythm, cut to the term of the contract.

        They are made of the periods that are paid: a report never ends where no payment does, so each
        payment waits for the report of its own time. A rhythm shorter than a paid period divides it.
        """
        self.ensure_one()
        if recurrence == "once":
            return [(self.date_start, self.date_end)]
        months, periods, limit = STEP_MONTHS[recurrence], [], None
        for full_start, full_end in self._get_full_periods(min(months, max(self.period_months, 1))):
            start, end = max(full_start, self.date_start), min(full_end, self.date_end)
            if start > end:
                continue
            if periods and end <= limit:
                periods[-1] = (periods[-1][0], end)
            else:
                periods.append((start, end))
                # some days more: periods that begin on the 29th to 31st end earlier in shorter months
                limit = start + relativedelta(months=months, days=3)
        return periods

    def _get_deliverable_due_date(self, term, start, end):
        """Return when ``term`` is due for the period; never before the contract starts."""
        self.ensure_one()
        if term.due_rule == "after":
            return end + timedelta(days=term.due_days)
        months = 0 if term.due_rule == "day" else -1
        month = end if term.due_rule == "day" else start
        # relativedelta takes the last day where the month is shorter
        return max(month + relativedelta(months=months, day=term.due_day), self.date_start)

    def _prepare_recurring_deliverable_vals(self, term, community, start, end):
        """Return the deliverable of ``term`` that a period of its rhythm owes for ``community``."""
        self.ensure_one()
        row = self._get_deliverable_row(community, end)
        return {
            "contract_id": self.id,
            "milestone_id": row.id,
            "name": self._get_deliverable_label(term, start, end),
            "date_due": self._get_deliverable_due_date(term, start, end),
            "blocks_payment": term.blocks_payment,
            "remind_days": term.remind_days,
            "reviewer_id": self._get_deliverable_reviewer(term, community).id,
            "term_id": term.id,
        }

    def _get_deliverable_label(self, term, start, end):
        first, last = (fields.Date.to_string(day)[:7] for day in (start, end))
        if term.recurrence == "once":
            return term.name
        return f"{term.name} {first}" if first == last else f"{term.name} {first} – {last}"

    def _get_deliverable_row(self, community, date):
        """Return the payment row a deliverable of a period ending on ``date`` can hold back."""
        self.ensure_one()
        rows = self.milestone_ids.filtered(lambda row: row.kind != "advance")
        rows = rows.filtered(lambda row: row.community_id == community) or rows
        covering = rows.filtered(
            lambda row: row.date_start and row.date_end and row.date_start <= date <= row.date_end
        )
        later = rows.filtered(lambda row: row.date_due and row.date_due >= date).sorted("date_due")
        return covering[:1] or later[:1] or rows[-1:]

    def _get_deliverable_reviewer(self, term, community):
        """Return who looks at a deliverable: named in the term, or head of the community."""
        people = term.reviewer_id | community.manager_id | community.supervisor_ids | self.manager_id
        return self.company_id._filter_outsourcing_staff(people)[:1] or self._get_responsible_user()
