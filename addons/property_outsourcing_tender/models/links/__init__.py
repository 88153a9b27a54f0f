"""What contractors, communities and the portal know of tenders. Uses all rooms before."""

from . import res_partner
from . import outsourcing_community
from . import res_users
