from odoo import fields, models


class OutsourcingContractReturn(models.TransientModel):
    _name = "outsourcing.contract.return"
    _description = "Return of a Contract to its Author"

    contract_ids = fields.Many2many("outsourcing.contract", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Give the contracts back with the reason written."""
        self.ensure_one()
        self.contract_ids._return_to_author(self.reason)
        return {"type": "ir.actions.act_window_close"}
