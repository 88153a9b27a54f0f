"""What is wrong: reported, rectified with photos, checked again, repeated. Uses inspections."""

from . import outsourcing_defect
from . import defect_workflow
from . import defect_portal
from . import defect_schedule
from . import defect_repeated
from . import defect_print
