from odoo.tools.translate import LazyTranslate

from odoo.addons.property_outsourcing.tools import join_names

from ..plan_periods import PlanRow
from .change_kind import ChangeKind

_lt = LazyTranslate(__name__)


class RowChange(ChangeKind):
    """A change of one payment row."""

    required = ("milestone_id",)

    def __init__(self, line):
        super().__init__(line)
        self.row = line.milestone_id.sudo()  # a term of the contract amended

    def get_subject(self):
        return self.line.milestone_id.name

    def get_subject_keys(self):
        # amount and date of a row are two things, its amount however worded one
        return [f"row:{self.line.milestone_id.id}:amount"]

    def describe(self):
        return self.money(self.row.amount), self.money(self.get_new_amount())

    def get_new_amount(self):
        """Return what the row comes to, by its amount of today."""
        return self.line.amount

    def plan(self, plan):
        if row := plan.get_row(self.line):
            self.plan_row(plan, row)

    def plan_row(self, plan, row):
        """Work the change into the planned ``row``."""
        row.set_amount(self.line.amount)


class RowAmount(RowChange):
    label = _lt("Amount of a payment row")
    optional = ("amount",)
    order = 70


class RowDelta(RowChange):
    label = _lt("Payment row raised or lowered by")
    required = ("milestone_id", "amount")
    order = 71
    may_be_negative = True

    def get_new_amount(self):
        return self.row.amount + self.line.amount

    def plan_row(self, plan, row):
        row.set_amount(plan.currency.round(row.new["amount"] + self.line.amount))


class RowCap(RowChange):
    label = _lt("Payment row capped at what is accepted")
    order = 72

    def get_new_amount(self):
        return self.row.amount_accepted

    def plan_row(self, plan, row):
        row.lower_to(0.0)


class RowDate(RowChange):
    label = _lt("Planned date of a payment row")
    required = ("milestone_id", "date")
    order = 73

    def get_subject_keys(self):
        return [f"row:{self.line.milestone_id.id}:date"]

    def describe(self):
        return self.day(self.row.date_due), self.day(self.line.date)

    def plan_row(self, plan, row):
        if row.get("kind") == "period" or row.is_accepted:
            plan.problems.append(
                self.env._("%s: only an open milestone gets another planned date.", row.get("name"))
            )
        row.new["date_due"] = self.line.date


class RowNew(ChangeKind):
    label = _lt("New payment row")
    required = ("name", "amount")
    optional = ("community_id", "date")
    order = 74

    def describe(self):
        line = self.line
        due = self.day(line.date or self.contract.date_end)
        return "–", join_names(self.env, filter(None, (line.name, self.money(line.amount), due)))

    def plan(self, plan):
        vals = {
            "kind": "milestone",
            "sequence": plan.get_last_sequence() + 1,
            "name": self.line.name,
            "community_id": self.line.community_id or plan.contract.community_id,
            "date_start": False,
            "date_end": False,
            "date_due": self.line.date or plan.date_end,
            "amount": self.line.amount,
        }
        if vals["community_id"] not in plan.communities:
            plan.problems.append(self.env._("%s is not served by the contract.", vals["community_id"].name))
        plan.rows.append(PlanRow(vals=vals))
