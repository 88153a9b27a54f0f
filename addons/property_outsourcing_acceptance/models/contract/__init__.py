from . import outsourcing_contract_milestone
from . import outsourcing_contract
