from odoo import fields, models


class OutsourcingSettlementReason(models.TransientModel):
    _name = "outsourcing.settlement.reason"
    _description = "Reason to Return or Cancel a Settlement"

    settlement_ids = fields.Many2many("outsourcing.settlement", required=True)
    target = fields.Selection([("draft", "Return"), ("cancelled", "Cancel")], required=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Return or cancel the settlements with the reason written."""
        self.ensure_one()
        self.settlement_ids._step_back(self.target, self.reason)
        return {"type": "ir.actions.act_window_close"}
