from odoo import fields, models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    outsourcing_settlement_count = fields.Integer(compute="_compute_outsourcing_settlement_count")

    def _compute_outsourcing_settlement_count(self):
        for order in self:
            # only how many, for the button; the list behind it follows the user's rights
            order.outsourcing_settlement_count = order.outsourcing_contract_id.sudo().settlement_count

    def action_view_outsourcing_settlements(self):
        """Open the settlements of the contract this order commits."""
        return self.outsourcing_contract_id.action_view_settlements()

    def _action_bill_contract_order(self):
        """Open the settlement instead of billing: it decides what of a contract's order may be billed."""
        return self.outsourcing_contract_id.action_settle()
