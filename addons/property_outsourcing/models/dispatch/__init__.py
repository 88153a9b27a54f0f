from . import project_project
from . import project_collaborator
from . import project_task
from . import outsourcing_contract
from . import outsourcing_contract_lapse
