"""How a contractor may be chosen, from which amount, and by which factors. Uses the base only."""

from . import outsourcing_tender_way
from . import outsourcing_tender_threshold
from . import outsourcing_tender_template
from . import outsourcing_tender_template_line
