from odoo import api, models


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    @api.depends("is_prepayment", "settlement_line_ids.quantity", "settlement_line_ids.settlement_id.state")
    def _compute_amount_billed(self):
        return super()._compute_amount_billed()

    def _get_amount_billed(self):
        if not self.is_prepayment:
            return super()._get_amount_billed()
        # no order line stands for a recovered advance: what its settlements have billed counts
        lines = self.sudo().settlement_line_ids.filtered(  # amounts only
            lambda line: line.kind == "milestone" and line.settlement_id.state == "billed"
        )
        return sum(lines.mapped("quantity"))
