"""The complaint from its receipt to its end: people, messages, clocks, steps. Uses the catalogue."""

from . import outsourcing_complaint
from . import outsourcing_complaint_reporter
from . import outsourcing_complaint_message
from . import complaint_hotline
from . import complaint_clock
from . import resource_calendar
from . import complaint_workflow
from . import complaint_answer
from . import complaint_merge
from . import complaint_repeat
from . import complaint_places
from . import complaint_schedule
from . import complaint_transfer
