from . import (
    outsourcing_claim,
    outsourcing_claim_line,
    claim_workflow,
    outsourcing_adjustment,
    outsourcing_contract,
    outsourcing_settlement,
    account_move,
)
