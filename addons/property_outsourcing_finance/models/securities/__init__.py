"""Retention and bonds: kept, claimed against, given back by the contract's day. Uses settlements."""

from . import (
    account_move,
    outsourcing_contract,
    outsourcing_contract_milestone,
    contract_reminder,
    outsourcing_settlement,
    outsourcing_settlement_line,
    settlement_statement,
    res_company,
    res_config_settings,
)
