from . import (
    outsourcing_settlement,
    outsourcing_settlement_figures,
    outsourcing_settlement_bill,
    outsourcing_settlement_generation,
    outsourcing_settlement_retention,
    outsourcing_settlement_workflow,
    outsourcing_settlement_advance,
    outsourcing_settlement_line,
    outsourcing_settlement_line_billing,
    outsourcing_settlement_payee,
    outsourcing_settlement_account,
    outsourcing_settlement_statement,
)
