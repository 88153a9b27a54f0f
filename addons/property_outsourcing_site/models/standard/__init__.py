"""Which items of checklists and which defects a clause of a standard stands behind. Uses both."""

from . import outsourcing_standard_clause
