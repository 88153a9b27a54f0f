"""The time of the trade: days and hours are those of the company, never those of whoever reads.

Works as a default of a date field as well: ``fields.Date(default=trade_today)``.
"""

from datetime import datetime, time, timedelta

import pytz

from odoo import fields


def get_company(records):
    """Return the company the ``records`` belong to, or that of the session where they name none."""
    if records._name == "res.company":
        return records[:1] or records.env.company
    if "company_id" in records._fields:
        for record in records.sudo():  # which company, no more; a slice would be read without its siblings
            return record.company_id or records.env.company
    return records.env.company


def get_zone(records):
    """Return the name of the time zone in which ``records`` are dealt with."""
    return get_company(records)._get_outsourcing_zone()


def trade_time(records, moment):
    """Return ``moment`` (naive, UTC) as a time in the zone of the company."""
    return pytz.utc.localize(moment).astimezone(pytz.timezone(get_zone(records)))


def trade_day(records, moment):
    """Return the day of ``moment`` (naive, UTC, or a day already) in the zone of the company."""
    return trade_time(records, moment).date() if isinstance(moment, datetime) else moment


def format_moment(records, moment):
    """Return ``moment`` (naive, UTC) as sentences and papers write it, 2026-11-26 16:30; "" without one."""
    return f"{trade_time(records, moment):%Y-%m-%d %H:%M}" if moment else ""


def trade_today(records):
    """Return the day it is for the company."""
    return trade_day(records, fields.Datetime.now())


def utc_moment(records, day, time):
    """Return the moment (naive, UTC) that the clock of the company shows as ``time`` on ``day``."""
    local = pytz.timezone(get_zone(records)).localize(datetime.combine(day, time))
    return local.astimezone(pytz.utc).replace(tzinfo=None)


def add_working_days(records, day, days):
    """Return the day ``days`` working days of the company after ``day``, by its calendar and holidays."""
    next_day = datetime.combine(day + timedelta(days=1), time.min)
    calendar = get_company(records).sudo().resource_calendar_id  # which days are worked, no more
    last = calendar and calendar.plan_days(days, next_day, compute_leaves=True)
    return last.date() if last else next_day.date() + timedelta(days=days - 1)
