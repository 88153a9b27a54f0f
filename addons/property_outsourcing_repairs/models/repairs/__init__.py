"""Small repairs by call-off: quantities measured, priced, rolled up by the month. Uses the base only."""

from . import res_company
from . import res_config_settings
from . import outsourcing_contract
from . import outsourcing_contract_item
from . import outsourcing_contract_milestone
from . import outsourcing_order_line
from . import outsourcing_order_rollup
from . import contract_rollup
from . import project_task
from . import project_task_report
from . import project_task_measure
from . import project_task_paper
from . import project_task_dispute
from . import project_task_answer
from . import order_rollup_take_back
