"""How contractors are judged, as data: grades, scorecards, criteria, bands, vetoes. Uses the base only."""

from . import outsourcing_grade
from . import outsourcing_scorecard
from . import outsourcing_scorecard_criterion
from . import outsourcing_scorecard_band
from . import outsourcing_scorecard_veto
