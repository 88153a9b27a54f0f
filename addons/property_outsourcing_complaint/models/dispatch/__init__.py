"""Who does it: the contract that covers it, own staff; what its work order tells; facts. Uses complaints."""

from . import complaint_dispatch
from . import complaint_defect
from . import project_task
from . import outsourcing_fact
from . import complaint_facts
from . import outsourcing_contract
from . import complaint_charge
from . import complaint_hand_over
from . import complaint_bound
from . import owner_rating
