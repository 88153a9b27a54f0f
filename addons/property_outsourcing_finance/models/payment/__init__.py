from . import (
    account_move,
    account_move_held,
    outsourcing_contract,
    outsourcing_payment_release,
    outsourcing_settlement,
    res_company,
    res_config_settings,
    res_partner,
    res_partner_payout,
)
