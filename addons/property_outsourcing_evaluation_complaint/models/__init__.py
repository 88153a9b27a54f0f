"""Comments of surveys are heard by complaints through ``_prepare_matter_vals`` and ``_take_up``."""

from . import outsourcing_complaint
from . import comment_proposal
from . import outsourcing_survey_comment
