from . import outsourcing_rollup_take_back
from . import outsourcing_order_step_dispute
