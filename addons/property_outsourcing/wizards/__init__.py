from . import outsourcing_contractor_status
from . import outsourcing_standard_pick
from . import outsourcing_order_step
from . import outsourcing_repair_comparison
