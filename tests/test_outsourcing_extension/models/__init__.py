from . import (
    extension_meter,
    extension_meter_reading,
    outsourcing_contract,
    outsourcing_settlement,
    res_partner,
)
