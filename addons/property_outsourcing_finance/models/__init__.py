from . import accounting, contract, settlement, payment
