"""What a payment consists of, line by line with formula and source, up to its bill. Uses the base only."""

from . import (
    outsourcing_settlement,
    settlement_figures,
    settlement_bill,
    settlement_generation,
    settlement_line_values,
    settlement_retention,
    settlement_workflow,
    settlement_advance,
    outsourcing_settlement_line,
    settlement_line_billing,
    settlement_payee,
    settlement_account,
    settlement_statement,
    settlement_line_evidence,
    settlement_workbook,
)
