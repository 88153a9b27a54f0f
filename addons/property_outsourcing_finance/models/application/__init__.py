"""请款: the contractor applies for the payment of accepted rows; they are settled, or it is told why not."""

from . import (
    outsourcing_payment_application,
    outsourcing_payment_application_line,
    application_workflow,
    application_portal,
    outsourcing_settlement,
)
