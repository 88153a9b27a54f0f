from . import outsourcing_site_log
from . import outsourcing_site_log_workflow
from . import outsourcing_site_log_portal
