from . import settlement, accounting, contract, payment, securities, claim, agreement, fapiao, application
