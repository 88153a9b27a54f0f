from odoo import api, fields, models


class OutsourcingContractRenewLine(models.TransientModel):
    """What one community pays in the present term and in the next one."""

    _name = "outsourcing.contract.renew.line"
    _description = "Difference of a Renewal"

    wizard_id = fields.Many2one("outsourcing.contract.renew", required=True, ondelete="cascade")
    community_id = fields.Many2one("outsourcing.community", readonly=True)
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    fee = fields.Monetary("Fee per Period, in Force", readonly=True)
    amount_before = fields.Monetary("This Term", readonly=True)
    amount_after = fields.Monetary("Next Term", readonly=True)
    difference = fields.Monetary(compute="_compute_difference")

    @api.depends("amount_before", "amount_after")
    def _compute_difference(self):
        for line in self:
            line.difference = line.amount_after - line.amount_before
