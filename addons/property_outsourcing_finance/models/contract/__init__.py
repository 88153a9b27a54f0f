from . import (
    outsourcing_adjustment,
    outsourcing_contract,
    outsourcing_contract_milestone,
    outsourcing_contract_progress,
    outsourcing_contract_open_points,
    outsourcing_contract_advance,
    outsourcing_contract_milestone_advance,
    outsourcing_contract_milestone_amendment,
)
