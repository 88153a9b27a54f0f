"""What contractors, contracts, orders and the portal know of evaluations and cards. Uses all rooms before."""

from . import res_partner
from . import res_partner_cards
from . import outsourcing_contract
from . import project_task
from . import res_users
