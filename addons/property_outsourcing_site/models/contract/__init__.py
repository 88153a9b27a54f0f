"""What a contract plans on site: rounds, plans, duties, open points. Uses the checklists."""

from . import outsourcing_plan_mixin
from . import outsourcing_service_type_plan
from . import outsourcing_service_type
from . import outsourcing_inspection_plan
from . import inspection_plan_generation
from . import outsourcing_contract_milestone
from . import outsourcing_contract
from . import contract_service_rounds
from . import res_partner
from . import contract_open_points
from . import outsourcing_fact
