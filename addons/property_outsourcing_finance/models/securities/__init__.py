from . import (
    account_move,
    outsourcing_contract,
    outsourcing_contract_milestone,
    outsourcing_contract_reminder,
    outsourcing_settlement,
    outsourcing_settlement_line,
    outsourcing_settlement_statement,
    res_company,
    res_config_settings,
)
