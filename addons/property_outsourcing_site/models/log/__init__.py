"""The contractor's diary of a day on site, and the duty to keep it. Uses the base only."""

from . import outsourcing_site_log
from . import site_log_workflow
from . import site_log_portal
from . import contract_log_duty
