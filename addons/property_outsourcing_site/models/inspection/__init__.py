from . import outsourcing_inspection
from . import outsourcing_inspection_workflow
from . import outsourcing_inspection_portal
from . import outsourcing_inspection_schedule
from . import outsourcing_inspection_line
