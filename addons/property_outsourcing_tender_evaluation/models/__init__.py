"""Evaluations are heard by tenders through ``_get_bid_bonus``; neither add-on names the other."""

from . import outsourcing_tender_way
from . import outsourcing_tender
from . import tender_gold
