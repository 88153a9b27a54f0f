from datetime import timedelta

from odoo.tools.date_utils import localized, to_timezone

_STEP = timedelta(days=56)
_STEPS_MAX = 26  # four years; a calendar without working hours never gets there


class WorkClock:
    """The running time of a working calendar, or of the full day; its hours are read once for many orders.

    Times go in and come out as Odoo keeps them: naive, UTC.
    """

    def __init__(self, calendar=None):
        self._calendar = calendar
        self._from = self._until = None
        self._spans = []

    def plan(self, start, hours):
        """Return when ``hours`` have run since ``start``, or False if the calendar never works."""
        rest = timedelta(seconds=round(hours * 3600))
        if not self._calendar:
            return start + rest
        for step in range(1, _STEPS_MAX):
            self._read(start, start + step * _STEP)
            left = rest
            for span_from, span_until in self._clip(start, self._until):
                if left <= span_until - span_from:
                    return span_from + left
                left -= span_until - span_from
        return False

    def hours(self, start, end):
        """Return the hours that run between two moments, 0 when ``end`` is not after ``start``."""
        if end <= start:
            return 0.0
        if not self._calendar:
            return (end - start).total_seconds() / 3600
        self._read(start, end)
        spans = self._clip(start, end)
        return sum((until - since).total_seconds() for since, until in spans) / 3600

    def _clip(self, start, end):
        return [
            (max(since, start), min(until, end))
            for since, until in self._spans
            if until > start and since < end
        ]

    def _read(self, start, end):
        if self._from and self._from <= start and end <= self._until:
            return
        self._from = min(start, self._from or start)
        self._until = max(end, self._until or end)
        intervals = self._calendar._work_intervals_batch(localized(self._from), localized(self._until))[False]
        revert = to_timezone(None)
        self._spans = [(revert(since), revert(until)) for since, until, _meta in intervals]
