from . import outsourcing_complaint_dispatch
from . import outsourcing_complaint_merge
from . import outsourcing_complaint_confirm
