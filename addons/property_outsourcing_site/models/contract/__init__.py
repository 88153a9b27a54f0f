from . import outsourcing_plan_mixin
from . import outsourcing_service_type_plan
from . import outsourcing_service_type
from . import outsourcing_inspection_plan
from . import outsourcing_contract_milestone
from . import outsourcing_contract
from . import outsourcing_contract_service
from . import res_partner
