"""Advances, billed rows and progress of a contract. Uses settlements."""

from . import (
    outsourcing_adjustment,
    outsourcing_contract,
    outsourcing_contract_milestone,
    contract_progress,
    contract_open_points,
    contract_advance,
    contract_milestone_advance,
    contract_milestone_order,
)
