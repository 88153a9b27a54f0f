from odoo import api, models


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    @api.depends(
        "is_prepayment", "settlement_line_ids.quantity", "settlement_line_ids.settlement_id.state"
    )
    def _compute_amount_billed(self):
        super()._compute_amount_billed()
        for row in self.filtered("is_prepayment"):
            # no order line stands for it: what its settlements have billed counts
            lines = row.sudo().settlement_line_ids.filtered(  # amounts only
                lambda line: line.kind == "milestone" and line.settlement_id.state == "billed"
            )
            row.amount_billed = sum(lines.mapped("quantity"))
            row.amount_to_bill = max(row.amount_accepted - row.amount_billed, 0.0)
