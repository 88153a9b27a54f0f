from . import account_move_reversal
from . import account_payment_register
from . import account_payment_register_payee
from . import outsourcing_security_return
from . import outsourcing_settlement_reason
from . import outsourcing_statement_paper
