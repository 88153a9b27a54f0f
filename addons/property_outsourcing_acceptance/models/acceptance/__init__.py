"""Finished work is accepted: templates, levels, checks, scores, late signatures. Uses all rooms before."""

from . import outsourcing_acceptance_template
from . import outsourcing_acceptance_stage
from . import outsourcing_acceptance_line
from . import outsourcing_acceptance_score_line
from . import outsourcing_acceptance
from . import acceptance_creation
from . import acceptance_buttons
from . import acceptance_amounts
from . import acceptance_workflow
from . import acceptance_row
from . import acceptance_levels
from . import acceptance_portal
from . import acceptance_checklist
from . import acceptance_score
from . import acceptance_answer
from . import acceptance_late
from . import acceptance_deadlines
from . import acceptance_print, acceptance_month
