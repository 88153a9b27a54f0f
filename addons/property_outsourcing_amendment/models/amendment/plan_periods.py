"""The periods of a contract in the plan of an amendment: added, cut off, priced by days. Computes only."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

ROW_FIELDS = (
    "name", "kind", "community_id", "sequence", "date_start", "date_end", "date_due", "amount", "active",
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
        """Whether any of its values differs from the record's."""
        return self.old != self.new

    @property
    def is_new(self):
        """Whether the plan adds it."""
        return not self.record

    def get(self, name):
        """Return a planned value."""
        return self.new.get(name)

    def lower_to(self, amount):
        """Set the amount, never below what is accepted; drop the row if nothing is left of it."""
        self.set_amount(max(amount, self.accepted))

    def set_amount(self, amount):
        """Set the amount; drop the row if nothing is left of it."""
        self.new["amount"] = amount
        if not amount and not self.is_accepted:
            self.new["active"] = False


class PlanPeriods:
    """What changes of terms and fees make of the periods; for ``AmendmentPlan``."""

    def shorten(self, rows, last):
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

    def generate(self, community, first, last, fee):
        """Add the periods of ``community`` from ``first`` to ``last``, the ends pro-rated by days."""
        sequence = self.get_last_sequence()
        day = first
        while day <= last:
            begin, end = self._get_full_period(day)
            stop = min(end, last)
            amount = self.get_share(fee, day, stop)
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
                part = self.get_share(fee, begin, day - timedelta(days=1))
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

    def get_share(self, fee, start, end):
        """Return the part of a full period's ``fee`` for the days from ``start`` to ``end``."""
        begin, full_end = self._get_full_period(start)
        return self.currency.round(fee * ((end - start).days + 1) / ((full_end - begin).days + 1))

    def get_served(self, date):
        """Return the communities with a period that reaches ``date``."""
        served = self.contract.community_id.browse()
        for row in self.rows:
            if row.get("kind") == "period" and row.get("active") and row.get("date_end") >= date:
                served |= row.get("community_id")
        return served

    def get_rows_from(self, date, community):
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

    def get_amount_from(self, row, date, fee):
        """Return the amount of a period that costs ``fee`` from ``date`` on; the days before keep theirs."""
        start, end = row.get("date_start"), row.get("date_end")
        if date <= start:
            return self.get_share(fee, start, end)
        days, before = (end - start).days + 1, (date - start).days
        begin, full_end = self._get_full_period(start)
        part = fee * ((end - date).days + 1) / ((full_end - begin).days + 1)
        return self.currency.round(row.new["amount"] * before / days + part)
