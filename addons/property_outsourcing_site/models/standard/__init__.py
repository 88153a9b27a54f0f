"""Which items of checklists and which defects a clause of a standard stands behind. Knows them by name."""

from . import outsourcing_standard_clause
