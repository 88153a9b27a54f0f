from . import outsourcing_contractor_status
from . import outsourcing_rule_preview
