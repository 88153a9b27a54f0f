"""Cycles and frequencies shared by checklists, presets, plans and inspections."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

CYCLES = [
    ("none", "No cycle"),
    ("half_month", "Half-monthly"),
    ("month", "Monthly"),
    ("quarter", "Quarterly"),
    ("half_year", "Half-yearly"),
    ("year", "Yearly"),
]
CYCLE_RANK = {cycle: rank for rank, (cycle, _label) in enumerate(CYCLES)}
# A half-month is the unit: a year holds 24 of them.
CYCLE_HALF_MONTHS = {"half_month": 1, "month": 2, "quarter": 6, "half_year": 12, "year": 24}

FREQUENCIES = [("daily", "Daily"), ("weekly", "Weekly"), *CYCLES[1:]]

# Days from the planned date on which a visit is still in time, and days before it on which it may start.
DEFAULT_WINDOW_DAYS = {
    "daily": 0,
    "weekly": 2,
    "half_month": 0,
    "month": 6,
    "quarter": 13,
    "half_year": 29,
    "year": 29,
}
DEFAULT_EARLY_DAYS = {
    "daily": 0,
    "weekly": 1,
    "half_month": 3,
    "month": 6,
    "quarter": 13,
    "half_year": 29,
    "year": 29,
}

KINDS = [
    ("maintenance", "Maintenance"),
    ("patrol", "Patrol"),
    ("property_check", "Property check"),
    ("spot_check", "Spot check"),
]
PARTIES = [
    ("contractor", "Contractor"),
    ("property", "Property company"),
    ("third_party", "Third-party body"),
]


def get_occurrence(start, frequency, index):
    """Return the date of the visit number ``index`` (from 0) of a rhythm that begins on ``start``.

    Half-monthly means every 15 days: the law sets the longest interval between two visits, not a date.
    """
    if frequency == "daily":
        return start + timedelta(days=index)
    if frequency == "weekly":
        return start + timedelta(weeks=index)
    if frequency == "half_month":
        return start + timedelta(days=15 * index)
    return start + relativedelta(months=CYCLE_HALF_MONTHS[frequency] // 2 * index)


def iter_occurrences(start, frequency, date_from, date_to):
    """Yield ``(number, date)`` of the visits from ``date_from`` to ``date_to``; the number counts from 1."""
    index = 0
    days = {"daily": 1, "weekly": 7, "half_month": 15}.get(frequency)
    if days and date_from > start:
        index = -(-(date_from - start).days // days)
    while (date := get_occurrence(start, frequency, index)) <= date_to:
        if date >= date_from:
            yield index + 1, date
        index += 1


def get_visit_cycle(frequency, number):
    """Return the longest cycle that falls due with visit ``number`` (half-monthly: 6, 12, 24)."""
    unit = CYCLE_HALF_MONTHS.get(frequency)
    if not unit:
        return "none"
    due = [cycle for cycle, size in CYCLE_HALF_MONTHS.items() if size >= unit and (number * unit) % size == 0]
    # a monthly round among half-monthly visits adds nothing of its own unless the plan itself is monthly
    due = [cycle for cycle in due if cycle != "month" or frequency == "month"]
    return due[-1]
