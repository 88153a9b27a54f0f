from . import (
    outsourcing_settlement,
    settlement_figures,
    settlement_bill,
    settlement_generation,
    settlement_retention,
    settlement_workflow,
    settlement_advance,
    outsourcing_settlement_line,
    settlement_line_billing,
    settlement_payee,
    settlement_account,
    settlement_statement,
)
