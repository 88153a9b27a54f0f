from odoo import fields, models


class OutsourcingRollupTakeBack(models.TransientModel):
    _name = "outsourcing.rollup.take.back"
    _description = "Taking Back of a Roll-up"

    rollup_ids = fields.Many2many("outsourcing.order.rollup", string="Roll-ups", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Take the roll-ups back and open the contract."""
        self.ensure_one()
        contract = self.rollup_ids.contract_id[:1]
        self.rollup_ids._take_back(self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.contract",
            "res_id": contract.id,
            "view_mode": "form",
            "target": "main",
        }
