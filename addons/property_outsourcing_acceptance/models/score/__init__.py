from . import outsourcing_score_band
from . import outsourcing_score_template
from . import outsourcing_score_criterion
