"""Work orders: from the equipment or the request to the answer in time, and what slips.

Uses performance, the contract and the rooms before them.
"""

from . import outsourcing_hold_reason
from . import outsourcing_order_hold
from . import outsourcing_dispatch_override
from . import outsourcing_service_type_task
from . import outsourcing_order_duty
from . import project_project
from . import project_collaborator
from . import project_task
from . import project_task_stamps
from . import project_task_report
from . import project_task_evidence
from . import project_task_done
from . import project_task_new
from . import project_task_equipment
from . import project_task_step
from . import project_task_workflow
from . import project_task_hold
from . import project_task_subject
from . import project_task_talk
from . import project_task_sla
from . import project_task_sla_state
from . import project_task_lateness
from . import project_task_course
from . import project_task_breach
from . import project_task_correction
from . import project_task_schedule
from . import project_task_repair
from . import outsourcing_contract
from . import contract_orders
from . import maintenance_equipment
from . import res_company
from . import res_config_settings
from . import contract_lapse
from . import contract_suspension
from . import contract_open_points
from . import contract_service_orders
from . import project_task_planned
from . import order_print
from . import resource_calendar
