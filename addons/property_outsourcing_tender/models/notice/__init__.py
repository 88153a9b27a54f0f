"""What everybody reads without a login, and firms that register from there. Uses the award."""

from . import tender_notice
from . import notice_parts
from . import outsourcing_registration
from . import registration_review
