from . import accounting, contract, settlement, payment, securities, claim, agreement, fapiao, application
