"""Residents are called back: a sample of what they confirmed, drawn by the month. Uses the dispatch."""

from . import outsourcing_complaint_draw
from . import outsourcing_complaint_callback
from . import complaint_callback
