"""Chinese of what core itself has no Chinese for.

Uses nothing of the suite.
"""

from . import account_payment_method_line, maintenance_equipment, portal_mixin
from . import core_words
