from . import outsourcing_bid_paper
from . import outsourcing_bid_paper_line
