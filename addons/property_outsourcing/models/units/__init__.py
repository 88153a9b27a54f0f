"""The units of the trade and the ways they are written.

Uses the workflow.
"""

from . import outsourcing_uom_alias
from . import uom_uom
