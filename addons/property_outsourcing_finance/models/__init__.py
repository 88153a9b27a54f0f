from . import accounting, contract, settlement
