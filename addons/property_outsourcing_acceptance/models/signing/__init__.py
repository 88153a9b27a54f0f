"""Who signs a document in which turn, and the signature itself. Uses the base only."""

from . import outsourcing_signature_mixin
from . import outsourcing_signing_mixin
from . import signing_turn
