"""The year in which the contracts of the tests run: its tenth month is over on the day of the run.

On 26 November 2026, the day of `bin/test` unless another is asked for, it is the calendar year.
"""

from datetime import date, datetime, time

from dateutil.relativedelta import MO, relativedelta

YEAR_START = date.today().replace(day=1) - relativedelta(months=10)
YEAR_END = YEAR_START + relativedelta(years=1, days=-1)


def month_start(number):
    """Return the first day of the contract's month ``number``, counted from 1."""
    return YEAR_START + relativedelta(months=number - 1)


def month_end(number):
    """Return the last day of the contract's month ``number``, counted from 1."""
    return month_start(number + 1) - relativedelta(days=1)


def monday_morning(number):
    """Return ten o'clock in Shanghai, in UTC, of the first Monday in the contract's month ``number``."""
    return datetime.combine(month_start(number) + relativedelta(weekday=MO), time(2))
