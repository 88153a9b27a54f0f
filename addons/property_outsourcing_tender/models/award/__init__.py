"""From the opened bids to the contract: panel, points, ranking, award, objections. Uses the bids."""

from . import outsourcing_bid_score
from . import panelist_scoring
from . import tender_evaluation
from . import price_points
from . import lot_ranking
from . import bid_exclusion
from . import bid_explanation
from . import bid_signs
from . import tender_award
from . import outsourcing_bid_flag
from . import lot_award
from . import outsourcing_bid_clarification
from . import bid_arithmetic
from . import bid_low_price
from . import outsourcing_tender_objection
from . import outsourcing_contract
from . import lot_contract
from . import tender_comparison
from . import tender_workbook
from . import tender_papers
from . import tender_seat
