from . import outsourcing_inspection
from . import outsourcing_inspection_workflow
from . import outsourcing_inspection_portal
from . import outsourcing_inspection_schedule
from . import outsourcing_inspection_line
from . import plan_target_mixin, maintenance_equipment, outsourcing_location
