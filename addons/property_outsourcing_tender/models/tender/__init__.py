"""The need and its papers: lots, items, factors, draft terms, the panel. Uses the ways of award."""

from . import res_partner
from . import outsourcing_tender
from . import tender_terms
from . import outsourcing_tender_lot
from . import outsourcing_tender_item
from . import outsourcing_tender_criterion
from . import outsourcing_tender_sla
from . import outsourcing_tender_rule
from . import outsourcing_tender_standard
from . import outsourcing_tender_panelist
from . import outsourcing_tender_invitation
from . import tender_workflow
from . import tender_publication
from . import tender_invitation
from . import tender_first_page
