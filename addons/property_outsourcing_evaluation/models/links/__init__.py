"""What contractors, contracts, orders and the portal know of evaluations and cards. Uses all rooms before."""

from . import res_partner
from . import res_partner_cards
from . import res_partner_gold
from . import res_partner_tier
from . import outsourcing_contract
from . import contract_recommendation
from . import contract_pay_factor
from . import project_task
from . import res_users
