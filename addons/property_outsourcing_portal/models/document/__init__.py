from . import outsourcing_evidence_mixin
from . import outsourcing_inspection
from . import outsourcing_inspection_line
from . import outsourcing_site_log
from . import outsourcing_defect
from . import outsourcing_acceptance
from . import outsourcing_concealed_work
from . import project_task
