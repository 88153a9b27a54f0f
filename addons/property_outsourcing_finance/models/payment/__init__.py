"""When a bill may be paid and to which account, what is held, what was late. Uses settlements."""

from . import (
    account_move,
    account_move_held,
    account_move_paid,
    outsourcing_contract,
    outsourcing_fact,
    outsourcing_payment_release,
    outsourcing_settlement,
    res_company,
    res_config_settings,
    res_partner,
    res_partner_payout,
)
