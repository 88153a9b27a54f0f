"""What a contractor owes once its contract has ended: claimed from it or its guarantor. Uses settlements."""

from . import (
    outsourcing_claim,
    outsourcing_claim_line,
    claim_workflow,
    outsourcing_adjustment,
    outsourcing_contract,
    outsourcing_settlement,
    account_move,
)
