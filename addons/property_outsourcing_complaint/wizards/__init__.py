from . import outsourcing_complaint_comparison
from . import outsourcing_complaint_callback_result
from . import outsourcing_step_reason
from . import outsourcing_complaint_dispatch
from . import outsourcing_complaint_merge
from . import outsourcing_complaint_transfer
from . import outsourcing_complaint_confirm
