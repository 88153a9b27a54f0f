"""The envelopes: what a firm offers, sealed until two people open it. Uses the tender.

Staff reads no bid, no line and no file before the opening: global record rules say so, for administrators as
well (``security/outsourcing_bid_rules.xml``). So no other model has a stored or searchable field that leads
to a bid before it is opened, and a bid has no chatter, no number and no activity.
"""

from . import outsourcing_bid
from . import bid_seal
from . import bid_drafting
from . import bid_addenda
from . import bid_submission
from . import outsourcing_bid_line
from . import outsourcing_bid_file
from . import tender_bids
from . import tender_opening
from . import bid_paper
from . import bid_encryption
from . import bid_envelope
