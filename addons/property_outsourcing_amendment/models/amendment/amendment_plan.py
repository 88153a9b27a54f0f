"""What an amendment makes of the payment rows and dates of its contract. Computes only, writes nothing."""

from odoo.addons.property_outsourcing.tools import format_money

from .plan_periods import PlanPeriods, PlanRow


class AmendmentPlan(PlanPeriods):
    """The rows of a contract with the changes of one amendment worked in, by each change's kind."""

    def __init__(self, amendment):
        self.env = amendment.env
        amendment = amendment.sudo()  # sums and dates of the contract, for whoever may read the amendment
        self.contract = amendment.contract_id
        self.lines = amendment.line_ids
        self.currency = self.contract.currency_id
        self.problems = []
        self.rows = [PlanRow(row) for row in self.contract.milestone_ids if row._origin.id]
        self.by_id = {row.record._origin.id: row for row in self.rows}
        self.communities = self.contract.community_ids | self.contract.community_id
        self.joining = self.lines.filtered(lambda line: line.kind == "community_add").community_id
        self.date_end = self.contract.date_end
        self.amount_before = self._sum()
        # in the order of their kinds, whatever order the changes are written in
        self.changes = sorted(
            (line._get_change() for line in self.lines if line._is_complete()),
            key=lambda change: change.order,
        )
        for change in self.changes:
            change.plan(self)
        self.amount_after = self._sum()

    def get_changed(self):
        """Return the rows that change or are new, in the order of the contract."""
        return [row for row in self.rows if row.is_changed]

    def find_problem(self):
        """Return the first sentence saying why the plan cannot be carried out, or None."""
        for row in self.rows:
            if row.new["amount"] < 0:
                return self.env._("%s: the amount of a payment row cannot be negative.", row.get("name"))
            if row.new["amount"] < row.accepted:
                return self.env._(
                    "%(row)s: %(accepted)s is already accepted; the row cannot be lowered to %(amount)s.",
                    row=row.record.name,
                    accepted=format_money(self.contract, row.accepted),
                    amount=format_money(self.contract, row.new["amount"]),
                )
        return next(iter(self.problems), None)

    def _sum(self):
        # a recovered advance is lent on later rows, it is no part of the price
        priced = (row for row in self.rows if not (row.record and row.record.is_prepayment))
        return self.currency.round(sum(row.new["amount"] for row in priced)) if self.currency else 0.0

    # ---- for the kinds of changes -----------------------------------------------------------------------

    def get_row(self, line):
        """Return the planned row that the change ``line`` names, or None."""
        return self.by_id.get(line.milestone_id._origin.id)

    def get_milestones(self):
        """Return the planned rows that are no periods and not accepted."""
        return [row for row in self.rows if row.get("kind") != "period" and not row.is_accepted]

    def get_last_sequence(self):
        return max((row.get("sequence") or 0 for row in self.rows), default=10)

    def is_within_term(self, change):
        """Return whether the day of ``change`` lies in the term as planned so far; it is a problem if not."""
        if self.contract.date_start <= change.line.date <= self.date_end:
            return True
        self.problems.append(
            self.env._(
                "%(change)s: the day must lie within the term of the contract, %(start)s – %(end)s.",
                change=change.get_label(self.env),
                start=self.contract.date_start,
                end=self.date_end,
            )
        )
        return False
