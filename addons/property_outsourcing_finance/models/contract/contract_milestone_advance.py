from odoo import api, models


class OutsourcingContractMilestone(models.Model):
    """No order line stands for a recovered advance: what its settlements have billed counts."""

    _inherit = "outsourcing.contract.milestone"

    @api.depends(
        "is_prepayment", "settlement_line_ids.amount_billed", "settlement_line_ids.settlement_id.state"
    )
    def _compute_amount_billed(self):
        return super()._compute_amount_billed()

    def _get_amount_billed(self):
        if not self.is_prepayment:
            return super()._get_amount_billed()
        return sum(self._get_advance_lines().mapped("amount_billed"))

    def _get_amount_on_bills(self):
        if not self.is_prepayment:
            return super()._get_amount_on_bills()
        billed = self._get_advance_lines().filtered(lambda line: line.settlement_id.state == "billed")
        return sum(line._get_standing_amount() for line in billed)

    def _get_advance_lines(self):
        return self.sudo().settlement_line_ids.filtered(lambda line: line.kind == "milestone")  # amounts only
