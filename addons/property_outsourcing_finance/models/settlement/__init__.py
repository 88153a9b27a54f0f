from . import (
    outsourcing_settlement,
    outsourcing_settlement_bill,
    outsourcing_settlement_generation,
    outsourcing_settlement_line,
    outsourcing_settlement_statement,
    outsourcing_settlement_workflow,
)
