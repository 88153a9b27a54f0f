from . import accounting, contract, settlement, payment, claim
