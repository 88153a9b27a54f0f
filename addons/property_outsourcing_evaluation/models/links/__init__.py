"""What contractors and the portal know of evaluations. Uses all rooms before."""

from . import res_partner
from . import res_users
