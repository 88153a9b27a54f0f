"""People of a firm: who looks after them, who works on a shared phone, and which contracts each may see."""

from . import outsourcing_firm_person
from . import outsourcing_pin_attempt
from . import res_users_performer
from . import res_users_firm_admin
from . import res_users_contract_limit
from . import res_partner
from . import ir_http_owner
from . import ir_rule
from . import project_task
from . import outsourcing_invitation
