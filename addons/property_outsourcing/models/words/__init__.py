"""Chinese of what core itself has no Chinese for.

Uses nothing of the suite.
"""

from . import account_payment_method_line, mail_thread, maintenance_equipment, portal_mixin
from . import core_words
