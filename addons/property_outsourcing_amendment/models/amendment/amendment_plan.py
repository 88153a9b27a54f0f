"""What an amendment makes of the payment rows and dates of its contract. Computes only, writes nothing."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

ROW_FIELDS = (
    "name", "kind", "community_id", "sequence", "date_start", "date_end", "date_due", "amount", "active",
)  # fmt: skip
# in this order, whatever order the changes are written in: later kinds build on the earlier ones
KIND_ORDER = (
    "end_date", "community_add", "community_remove", "period_fee", "equipment_add", "equipment_remove",
    "row_amount", "row_delta", "row_cap", "row_date", "row_new",
)  # fmt: skip


class PlanRow:
    """A payment row as it is (``old``, empty for a new one) and as it will be (``new``)."""

    def __init__(self, record=None, vals=None):
        self.record = record
        self.old = {name: record[name] for name in ROW_FIELDS} if record else {}
        self.new = dict(self.old) or {"active": True, **vals}
        self.accepted = record.amount_accepted if record else 0.0
        self.is_accepted = bool(record and record.date_accepted)

    @property
    def is_changed(self):
        return self.old != self.new

    @property
    def is_new(self):
        return not self.record

    def get(self, name):
        return self.new.get(name)

    def lower_to(self, amount):
        """Set the amount, never below what is accepted; drop the row if nothing is left of it."""
        self.new["amount"] = max(amount, self.accepted)
        if not self.new["amount"] and not self.is_accepted:
            self.new["active"] = False


class AmendmentPlan:
    """The rows of a contract with the changes of one amendment worked in."""

    def __init__(self, amendment):
        self.env = amendment.env
        # sudo: sums and dates of the contract, for whoever may read the amendment
        self.contract = amendment.contract_id.sudo()
        self.lines = amendment.line_ids.sudo()
        self.currency = self.contract.currency_id
        self.problems = []
        self.rows = [PlanRow(row) for row in self.contract.milestone_ids if row._origin.id]
        self.by_id = {row.record._origin.id: row for row in self.rows}
        self.communities = self.contract.community_ids | self.contract.community_id
        self.joining = self.lines.filtered(lambda line: line.kind == "community_add").community_id
        self.date_end = self.contract.date_end
        self.amount_before = self._sum()
        for kind in KIND_ORDER:
            for line in self.lines.filtered(lambda line, kind=kind: line.kind == kind):
                if line._is_complete():
                    getattr(self, f"_apply_{kind}")(line)
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
                    accepted=f"{row.accepted:,.2f}",
                    amount=f"{row.new['amount']:,.2f}",
                )
        return next(iter(self.problems), None)

    def _sum(self):
        # a recovered advance is lent on later rows, it is no part of the price
        priced = (row for row in self.rows if not (row.record and row.record.is_prepayment))
        return self.currency.round(sum(row.new["amount"] for row in priced)) if self.currency else 0.0

    # ---- dates ------------------------------------------------------------------------------------------

    def _apply_end_date(self, line):
        old, new = self.date_end, line.date
        if new < self.contract.date_start:
            self.problems.append(self.env._("A contract cannot end before it starts."))
            return
        self.date_end = new
        if new > old:
            fees = self.contract._get_period_fees()
            for community in self._get_served(old):
                self._generate(community, old + timedelta(days=1), new, fees[community.id])
        else:
            self._shorten(self.rows, new)
        for row in self._get_milestones():
            if (row.get("date_due") == old and row.get("kind") == "completion") or (
                row.get("date_due") and row.get("date_due") > new
            ):
                row.new["date_due"] = new

    def _apply_community_add(self, line):
        community = line.community_id
        if community in self._get_served(line.date):
            self.problems.append(self.env._("%s is already served by the contract.", community.name))
        elif line.date < self.contract.date_start or line.date > self.date_end:
            self.problems.append(self._get_date_problem(line))
        else:
            self.communities |= community
            if line.amount:
                self._generate(community, line.date, self.date_end, line.amount)

    def _apply_community_remove(self, line):
        last = self.contract._get_service_ends().get(line.community_id)
        if line.community_id == self.contract.community_id:
            self.problems.append(
                self.env._("%s is the main community and is not removed.", line.community_id.name)
            )
        elif line.community_id not in self.communities:
            self.problems.append(self.env._("%s is not served by the contract.", line.community_id.name))
        elif last and last < line.date:
            self.problems.append(
                self.env._(
                    "%(community)s: served until %(date)s", community=line.community_id.name, date=last
                )
            )
        elif line.date < self.contract.date_start or line.date > self.date_end:
            self.problems.append(self._get_date_problem(line))
        else:
            rows = [row for row in self.rows if row.get("community_id") == line.community_id]
            self._shorten(rows, line.date - timedelta(days=1))
            if not any(row.get("active") for row in rows):
                self.communities -= line.community_id

    def _get_date_problem(self, line):
        return self.env._(
            "%(change)s: the day must lie within the term of the contract, %(start)s – %(end)s.",
            change=line._get_kind_label(),
            start=self.contract.date_start,
            end=self.date_end,
        )

    def _shorten(self, rows, last):
        """Let the periods among ``rows`` end on ``last``: drop what begins later, pro-rate what spans it."""
        for row in rows:
            start, end = row.get("date_start"), row.get("date_end")
            if row.get("kind") != "period" or end <= last:
                continue
            if start > last:
                row.lower_to(0.0)
                continue
            days, kept = (end - start).days + 1, (last - start).days + 1
            row.lower_to(self.currency.round(row.new["amount"] * kept / days))
            row.new.update(date_end=last, date_due=last)

    def _generate(self, community, first, last, fee):
        """Add the periods of ``community`` from ``first`` to ``last``, the ends pro-rated by days."""
        sequence = max((row.get("sequence") or 0 for row in self.rows), default=10)
        day = first
        while day <= last:
            begin, end = self._get_full_period(day)
            stop = min(end, last)
            amount = self._get_share(fee, day, stop)
            rest = self._get_rest_of_period(community, begin, day, stop == end, fee)
            sequence += 1
            vals = {
                "kind": "period",
                "sequence": sequence,
                "name": self.contract._get_period_label(community, day, stop, len(self.communities) > 1),
                "community_id": community,
                "date_start": day,
                "date_end": stop,
                "date_due": stop,
                "amount": amount if rest is None else rest,
            }
            self.rows.append(PlanRow(vals=vals))
            day = stop + timedelta(days=1)

    def _get_rest_of_period(self, community, begin, day, completes, fee):
        """Return what is left of a full fee whose first part stands in a row already, or None."""
        if not completes or day == begin:
            return None
        for row in self.rows:
            if (
                row.get("community_id") == community
                and (row.get("date_start"), row.get("date_end")) == (begin, day - timedelta(days=1))
                and row.get("kind") == "period"
            ):
                part = self._get_share(fee, begin, day - timedelta(days=1))
                if not self.currency.compare_amounts(part, row.new["amount"]):
                    return self.currency.round(fee - part)
        return None

    def _get_full_period(self, date):
        """Return first and last day of the full period ``date`` lies in, as the contract counts them."""
        months = max(self.contract.period_months, 1)
        start = self.contract._get_period_anchor(months)
        number = max(((date.year - start.year) * 12 + date.month - start.month) // months - 1, 0)
        while start + relativedelta(months=months * (number + 1)) <= date:
            number += 1
        begin = start + relativedelta(months=months * number)
        return begin, start + relativedelta(months=months * (number + 1)) - timedelta(days=1)

    def _get_share(self, fee, start, end):
        """Return the part of a full period's ``fee`` for the days from ``start`` to ``end``."""
        begin, full_end = self._get_full_period(start)
        return self.currency.round(fee * ((end - start).days + 1) / ((full_end - begin).days + 1))

    def _get_served(self, date):
        """Return the communities with a period that reaches ``date``."""
        served = self.contract.community_id.browse()
        for row in self.rows:
            if row.get("kind") == "period" and row.get("active") and row.get("date_end") >= date:
                served |= row.get("community_id")
        return served

    def _get_milestones(self):
        return [row for row in self.rows if row.get("kind") != "period" and not row.is_accepted]

    # ---- amounts ----------------------------------------------------------------------------------------

    def _apply_period_fee(self, line):
        if line.date < self.contract.date_start or line.date > self.date_end:
            self.problems.append(self._get_date_problem(line))
            return
        for row in self._get_rows_from(line.date, line.community_id):
            row.new["amount"] = self._get_amount_from(row, line.date, line.amount)

    def _apply_equipment_add(self, line):
        self._apply_equipment(line)

    def _apply_equipment_remove(self, line):
        self._apply_equipment(line)

    def _apply_equipment(self, line):
        """Raise or lower the fee of the community by that of the equipment; the days before keep theirs."""
        community = line.equipment_ids.outsourcing_community_id
        if problem := line._get_equipment_problem():
            self.problems.append(problem)
        elif line.date < self.contract.date_start or line.date > self.date_end:
            self.problems.append(self._get_date_problem(line))
        elif line.amount:
            rows = self._get_rows_from(line.date, community)
            if not rows:
                self.problems.append(
                    self.env._(
                        "%(community)s: no period is paid from %(date)s on that the fee could change.",
                        community=community.name,
                        date=line.date,
                    )
                )
            for row in rows:
                start = max(row.get("date_start"), line.date)
                share = self._get_share(line._get_fee_change(), start, row.get("date_end"))
                self._set_amount(row, self.currency.round(row.new["amount"] + share))

    def _get_rows_from(self, date, community):
        """Return the periods that reach ``date``, of one or all communities; accepted ones are a problem."""
        rows = [
            row
            for row in self.rows
            if row.get("kind") == "period"
            and row.get("active")
            and row.get("date_end") >= date
            and (not community or row.get("community_id") == community)
        ]
        for row in rows:
            if row.is_accepted:
                self.problems.append(
                    self.env._(
                        "%s is already accepted; the new fee can only begin after it.", row.get("name")
                    )
                )
        return rows

    def _get_amount_from(self, row, date, fee):
        """Return the amount of a period that costs ``fee`` from ``date`` on; the days before keep theirs."""
        start, end = row.get("date_start"), row.get("date_end")
        if date <= start:
            return self._get_share(fee, start, end)
        days, before = (end - start).days + 1, (date - start).days
        begin, full_end = self._get_full_period(start)
        part = fee * ((end - date).days + 1) / ((full_end - begin).days + 1)
        return self.currency.round(row.new["amount"] * before / days + part)

    def _get_row(self, line):
        return self.by_id.get(line.milestone_id._origin.id)

    def _apply_row_amount(self, line):
        if row := self._get_row(line):
            self._set_amount(row, line.amount)

    def _apply_row_delta(self, line):
        if row := self._get_row(line):
            self._set_amount(row, self.currency.round(row.new["amount"] + line.amount))

    def _set_amount(self, row, amount):
        row.new["amount"] = amount
        if not amount and not row.is_accepted:
            row.new["active"] = False

    def _apply_row_cap(self, line):
        if row := self._get_row(line):
            row.lower_to(0.0)

    def _apply_row_date(self, line):
        if row := self._get_row(line):
            if row.get("kind") == "period" or row.is_accepted:
                self.problems.append(
                    self.env._("%s: only an open milestone gets another planned date.", row.get("name"))
                )
            row.new["date_due"] = line.date

    def _apply_row_new(self, line):
        sequence = max((row.get("sequence") or 0 for row in self.rows), default=10)
        vals = {
            "kind": "milestone",
            "sequence": sequence + 1,
            "name": line.name,
            "community_id": line.community_id or self.contract.community_id,
            "date_start": False,
            "date_end": False,
            "date_due": line.date or self.date_end,
            "amount": line.amount,
        }
        if vals["community_id"] not in self.communities:
            self.problems.append(self.env._("%s is not served by the contract.", vals["community_id"].name))
        self.rows.append(PlanRow(vals=vals))
