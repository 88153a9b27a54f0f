from odoo import models


class OutsourcingContractMilestone(models.Model):
    """Settlements on their way follow an amendment to the order line that still takes a bill."""

    _inherit = "outsourcing.contract.milestone"

    def _follow_order(self):
        result = super()._follow_order()
        for row in self:
            waiting = row.settlement_line_ids.filtered(lambda line: line._is_waiting_for_bill())
            moved = waiting.filtered(
                lambda line, row=row: line.purchase_line_id and line.purchase_line_id != row.purchase_line_id
            )
            if moved:
                moved._gated().write({"purchase_line_id": row.purchase_line_id.id})
        return result
