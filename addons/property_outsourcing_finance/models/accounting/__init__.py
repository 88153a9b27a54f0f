"""Bills, their lines and orders: what of them answers to a settlement alone. Uses settlements."""

from . import (
    account_move,
    account_move_guard,
    account_move_posting,
    account_move_refund,
    account_move_clearing,
    account_move_line,
    account_move_line_guard,
    purchase_order,
    res_company,
    res_company_advance,
    res_config_settings,
)
