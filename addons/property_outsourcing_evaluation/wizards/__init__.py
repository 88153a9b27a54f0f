from . import outsourcing_award_run
from . import outsourcing_evaluation_compare
from . import outsourcing_evaluation_run
from . import outsourcing_survey_entry
