"""What bidders deposit to stand by their bids: given, received, returned, forfeited. Uses the award.

A bond names its bidder, so it is sealed like the bid until the opening.
"""

from . import outsourcing_tender_lot
from . import outsourcing_bid_bond
from . import bond_steps
from . import bond_giving
from . import bond_return
from . import bond_counting
