from . import account_move_reversal
from . import outsourcing_settlement_reason
