from . import outsourcing_contractor_status
from . import outsourcing_contract_return
from . import outsourcing_contract_suspend
from . import outsourcing_contract_terminate
from . import outsourcing_contract_renew
from . import outsourcing_contract_paper
from . import outsourcing_contract_person_replace
