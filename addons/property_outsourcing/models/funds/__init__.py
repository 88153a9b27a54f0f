from . import outsourcing_fund_gate_mixin
from . import outsourcing_fund_source
from . import outsourcing_fund_source_gate
from . import outsourcing_contract_fund_gate
from . import outsourcing_contract
