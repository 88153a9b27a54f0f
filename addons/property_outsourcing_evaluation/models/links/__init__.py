"""What contractors know of their evaluations. Uses all rooms before."""

from . import res_partner
