"""Gold partners of a year: proposed by what was achieved, decided by managers. Uses evaluations, cards."""

from . import res_company
from . import res_config_settings
from . import outsourcing_award
from . import award_workflow
from . import award_proposal
from . import award_certificate
