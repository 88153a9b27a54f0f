from datetime import timedelta

from odoo.tools.translate import LazyTranslate

from odoo.addons.property_outsourcing.tools import join_names

from .change_kind import ChangeKind

_lt = LazyTranslate(__name__)


class EndDate(ChangeKind):
    label = _lt("End of the contract")
    required = ("date",)
    order = 10

    def describe(self):
        return self.day(self.contract.date_end), self.day(self.line.date)

    def get_subject_keys(self):
        return ["date_end"]

    def plan(self, plan):
        old, new = plan.date_end, self.line.date
        if new < plan.contract.date_start:
            plan.problems.append(self.env._("A contract cannot end before it starts."))
            return
        plan.date_end = new
        if new > old:
            fees = plan.contract._get_period_fees()
            for community in plan.get_served(old):
                plan.generate(community, old + timedelta(days=1), new, fees[community.id])
        else:
            plan.shorten(plan.rows, new)
        for row in plan.get_milestones():
            if (row.get("date_due") == old and row.get("kind") == "completion") or (
                row.get("date_due") and row.get("date_due") > new
            ):
                row.new["date_due"] = new


class CommunityChange(ChangeKind):
    """A community that joins or leaves a running contract."""

    required = ("community_id", "date")

    def get_subject(self):
        return self.line.community_id.name

    def get_subject_keys(self):
        return [f"community:{self.line.community_id.id}"]

    def change_fees(self, fees):
        return [fee for fee in fees if fee["community_id"] != self.line.community_id.id]


class CommunityAdd(CommunityChange):
    label = _lt("Community added")
    optional = ("amount",)
    order = 20

    def describe(self):
        return "–", self.from_day(self.money(self.line.amount))

    def plan(self, plan):
        line, community = self.line, self.line.community_id
        if community in plan.get_served(line.date):
            plan.problems.append(self.env._("%s is already served by the contract.", community.name))
        elif plan.is_within_term(self):
            plan.communities |= community
            if line.amount:
                plan.generate(community, line.date, plan.date_end, line.amount)

    def follow(self):
        self.contract._start_service(self.line.community_id, self.line.date)

    def change_fees(self, fees):
        line = self.line
        return super().change_fees(fees) + [self.contract._prepare_fee_vals(line.community_id, line.amount)]


class CommunityRemove(CommunityChange):
    label = _lt("Community removed")
    order = 30

    def describe(self):
        return self.line.community_id.name, self.from_day("–")

    def plan(self, plan):
        community, date = self.line.community_id, self.line.date
        last = plan.contract._get_service_ends().get(community)
        if community == plan.contract.community_id:
            plan.problems.append(self.env._("%s is the main community and is not removed.", community.name))
        elif community not in plan.communities:
            plan.problems.append(self.env._("%s is not served by the contract.", community.name))
        elif last and last < date:
            plan.problems.append(
                self.env._("%(community)s: served until %(date)s", community=community.name, date=last)
            )
        elif plan.is_within_term(self):
            rows = [row for row in plan.rows if row.get("community_id") == community]
            plan.shorten(rows, date - timedelta(days=1))
            if not any(row.get("active") for row in rows):
                plan.communities -= community

    def follow(self):
        self.contract._end_service(self.line.community_id, self.line.date - timedelta(days=1))


class PeriodFee(ChangeKind):
    label = _lt("Fee per period")
    required = ("date", "amount")
    optional = ("community_id",)
    order = 40

    def get_subject(self):
        return self.line.community_id.name

    def describe(self):
        return self._get_fees(), self.from_day(self.money(self.line.amount))

    def _get_fees(self):
        """Return the fee per period in force, for each community where they differ."""
        communities = self.line.community_id or self.contract.community_ids
        fees = self.contract._get_period_fees()
        if len({fees[community.id] for community in communities}) == 1:
            return self.money(fees[communities[0].id])
        return join_names(
            self.env, [f"{community.name} {self.money(fees[community.id])}" for community in communities]
        )

    def get_subject_keys(self):
        communities = self.line.community_id or self.contract.community_ids
        return [f"fee:{community.id}" for community in communities]

    def plan(self, plan):
        if plan.is_within_term(self):
            for row in plan.get_rows_from(self.line.date, self.line.community_id):
                row.new["amount"] = plan.get_amount_from(row, self.line.date, self.line.amount)

    def prepare_contract_vals(self):
        return {} if self.line.community_id else {"period_amount": self.line.amount}

    def change_fees(self, fees):
        changed = self.line.community_id.ids or sorted({fee["community_id"] for fee in fees})
        kept = [fee for fee in fees if fee["community_id"] not in changed]
        communities = self.env["outsourcing.community"].browse(changed)
        return kept + [self.contract._prepare_fee_vals(place, self.line.amount) for place in communities]


class EquipmentChange(ChangeKind):
    """Single equipment, an elevator for example, that joins or leaves a running contract."""

    required = ("equipment_ids", "date")
    optional = ("amount",)

    def get_subject(self):
        return join_names(
            self.env, self.line.sudo().equipment_ids.mapped("name")
        )  # the contractor reads no register

    def get_subject_keys(self):
        return [f"equipment:{equipment.id}" for equipment in self.line.equipment_ids]

    def describe(self):
        change = self.get_fee_change()
        if not change:
            return "–", self.from_day(self.env._("same fee"))
        sign = "+" if change > 0 else ""
        return "–", self.from_day(self.env._("fee per period %s", f"{sign}{self.money(change)}"))

    def get_fee_change(self):
        """Return by how much the equipment raises or lowers the fee of a full period."""
        return self.line.amount

    def get_equipment_problem(self, equipment, community):
        """Return why ``equipment`` of ``community`` cannot join or leave on that day, or None."""
        raise NotImplementedError

    def plan(self, plan):
        """Raise or lower the fee of the community by that of the equipment; the days before keep theirs."""
        line = self.line
        equipment, community = line.equipment_ids._origin, line.equipment_ids.outsourcing_community_id
        last = plan.contract._get_service_ends().get(community)
        if last and last < line.date:
            plan.problems.append(self.env._("%s is not served by the contract.", community.name))
        elif problem := self.get_equipment_problem(equipment, community):
            plan.problems.append(problem)
        elif plan.is_within_term(self) and line.amount:
            self._plan_fee(plan, community)

    def _plan_fee(self, plan, community):
        date = self.line.date
        rows = plan.get_rows_from(date, community)
        if not rows:
            plan.problems.append(
                self.env._(
                    "%(community)s: no period is paid from %(date)s on that the fee could change.",
                    community=community.name,
                    date=date,
                )
            )
        for row in rows:
            start = max(row.get("date_start"), date)
            share = plan.get_share(self.get_fee_change(), start, row.get("date_end"))
            row.set_amount(plan.currency.round(row.new["amount"] + share))


class EquipmentAdd(EquipmentChange):
    label = _lt("Equipment added")
    order = 50

    def get_equipment_problem(self, equipment, community):
        if served := equipment & self.contract._get_covered_equipment(community, self.line.date):
            return self.env._("%s is already served by the contract.", served[0].name)
        return None

    def follow(self):
        self.contract._start_equipment(self.line.equipment_ids, self.line.date)

    def change_fees(self, fees):
        if not self.line.amount:
            return fees
        community = self.line.equipment_ids.outsourcing_community_id
        return [*fees, self.contract._prepare_fee_vals(community, self.line.amount, self.get_subject())]


class EquipmentRemove(EquipmentChange):
    label = _lt("Equipment removed")
    order = 60

    def get_fee_change(self):
        return -self.line.amount

    def get_equipment_problem(self, equipment, community):
        if strange := equipment - self.contract._get_staying_equipment(community):
            return self.env._("%s is not served by the contract.", strange[0].name)
        return None

    def follow(self):
        self.contract._end_equipment(self.line.equipment_ids, self.line.date - timedelta(days=1))

    def change_fees(self, fees):
        """Take the equipment off the row of the fee that it stands in, else off the sum of them."""
        line = self.line
        if not line.amount:
            return fees
        community, count = line.equipment_ids.outsourcing_community_id, len(line.equipment_ids)
        own = [fee for fee in fees if fee["community_id"] == community.id]
        kept = [fee for fee in fees if fee["community_id"] != community.id]
        compare = line.currency_id.compare_amounts
        for fee in own:
            if fee["quantity"] >= count and not compare(fee["price_unit"] * count, line.amount):
                fee["quantity"] -= count
                return kept + [row for row in own if row["quantity"]]
        total = sum(fee["quantity"] * fee["price_unit"] for fee in own) - line.amount
        return [*kept, self.contract._prepare_fee_vals(community, max(total, 0.0))]
