from . import outsourcing_contract_milestone
from . import outsourcing_contract
from . import outsourcing_contract_open_points
