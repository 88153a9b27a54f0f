"""Where the money of a contract comes from, and which steps of the owners it waits for.

Uses the contract and the rooms before it.
"""

from . import outsourcing_fund_gate_mixin
from . import outsourcing_fund_source
from . import outsourcing_fund_source_gate
from . import outsourcing_contract_fund_gate
from . import outsourcing_contract
