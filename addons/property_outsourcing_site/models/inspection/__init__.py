"""Visits and their items: drawn up from plans, done, late, missed. Uses checklists and plans."""

from . import outsourcing_inspection
from . import inspection_workflow
from . import inspection_effects
from . import inspection_portal
from . import inspection_schedule
from . import inspection_late
from . import outsourcing_inspection_line
from . import plan_target_mixin, maintenance_equipment, outsourcing_location
