from . import outsourcing_contractor_status
from . import outsourcing_standard_pick
