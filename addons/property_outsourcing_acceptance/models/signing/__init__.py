from . import outsourcing_signature_mixin
from . import outsourcing_signing_mixin
from . import signing_turn
