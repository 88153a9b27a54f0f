"""What whoever keeps the machine watches.

Uses the rooms before it.
"""

from . import outsourcing_metrics
