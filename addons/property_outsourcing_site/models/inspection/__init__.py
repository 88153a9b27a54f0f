"""Plans, and the visits drawn up from them: their items, done, late, missed. Uses the checklists."""

from . import outsourcing_plan_mixin
from . import outsourcing_inspection_plan
from . import inspection_plan_generation
from . import outsourcing_inspection
from . import inspection_workflow
from . import inspection_effects
from . import inspection_portal
from . import inspection_schedule
from . import inspection_late
from . import outsourcing_inspection_line
from . import plan_target_mixin, maintenance_equipment, outsourcing_location
