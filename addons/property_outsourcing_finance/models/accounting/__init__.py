from . import (
    account_move,
    account_move_line,
    purchase_order,
    res_company,
    res_company_advance,
    res_config_settings,
)
