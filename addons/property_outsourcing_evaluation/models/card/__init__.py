"""Yellow and red cards: proposed by rules, issued by managers, appealed, closed. Uses evaluations."""

from . import outsourcing_card_rule
from . import outsourcing_fact
from . import outsourcing_card
from . import card_workflow
from . import card_appeal
from . import card_plan
from . import card_effects
from . import card_proposal
from . import card_schedule
from . import card_notice
from . import outsourcing_evaluation
