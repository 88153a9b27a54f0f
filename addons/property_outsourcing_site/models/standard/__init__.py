from . import outsourcing_standard_clause
