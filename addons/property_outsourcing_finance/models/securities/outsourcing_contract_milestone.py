from odoo import models


class OutsourcingContractMilestone(models.Model):
    """What was withheld of a row is paid when it has gone back."""

    _inherit = "outsourcing.contract.milestone"

    def _get_paid_kinds(self):
        return (*super()._get_paid_kinds(), "retention_return")
