from . import account_move_reversal
from . import account_payment_register
from . import outsourcing_settlement_reason
