"""What people complain about, how urgent it is, by when it is answered, and the settings. Uses nothing."""

from . import complaint_offered_mixin
from . import outsourcing_complaint_category
from . import outsourcing_complaint_problem
from . import problem_page
from . import outsourcing_complaint_limit
from . import outsourcing_complaint_cause
from . import outsourcing_complaint_reply
from . import outsourcing_community
from . import res_company
from . import res_config_settings
