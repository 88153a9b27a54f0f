from . import outsourcing_defect
from . import outsourcing_defect_workflow
from . import outsourcing_defect_portal
from . import outsourcing_defect_schedule
