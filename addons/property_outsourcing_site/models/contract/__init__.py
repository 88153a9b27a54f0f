"""What contracts, firms and facts know of work on site; presets of plans. Uses all rooms before."""

from . import outsourcing_service_type_plan
from . import outsourcing_service_type
from . import outsourcing_contract_milestone
from . import outsourcing_contract
from . import contract_service_rounds
from . import res_partner
from . import contract_open_points
from . import outsourcing_fact
