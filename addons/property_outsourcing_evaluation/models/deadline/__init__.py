"""Deadlines in working days of the company, which follow its calendar. Uses the base only."""

from . import outsourcing_deadline_mixin
