"""How finished work is scored, as data: templates, criteria, bands. Uses the base only."""

from . import outsourcing_score_band
from . import outsourcing_score_template
from . import outsourcing_score_criterion
