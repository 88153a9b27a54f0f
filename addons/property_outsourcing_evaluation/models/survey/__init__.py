"""What households say of a community each quarter: rounds, ballots, anonymous answers, results. Alone."""

from . import res_company
from . import res_config_settings
from . import outsourcing_fact
from . import survey_survey
from . import survey_question
from . import outsourcing_survey_round
from . import outsourcing_survey_building
from . import outsourcing_ballot
from . import survey_user_input
from . import ballot_vote
from . import answer_mixing
from . import outsourcing_survey_attempt
from . import survey_slips
from . import outsourcing_survey_result
from . import outsourcing_survey_comment
from . import round_workflow
from . import round_prolonging
from . import round_start
from . import round_counting
from . import round_facts
from . import round_schedule
from . import outsourcing_community
from . import res_users
