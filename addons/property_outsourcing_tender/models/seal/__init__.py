"""Keys of encrypted tenders: made before the publication, used at the opening. Uses the tender."""

from . import outsourcing_sealed_mixin
from . import ir_rule
from . import outsourcing_opening_attempt
from . import outsourcing_tender_key
from . import tender_keys
