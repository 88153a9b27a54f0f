from . import outsourcing_contractor_status
from . import outsourcing_change_upload
from . import outsourcing_variation_amendment
