from . import (
    extension_meter,
    extension_meter_reading,
    outsourcing_contract,
    outsourcing_contract_amendment_line,
    outsourcing_fact,
    outsourcing_settlement,
    project_task,
    res_partner,
    res_users,
)
