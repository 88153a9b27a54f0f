from odoo import api, fields, models

from ..models.workflow.trade_time import trade_today


class OutsourcingContractSuspend(models.TransientModel):
    _name = "outsourcing.contract.suspend"
    _description = "Suspend a Contract"

    contract_id = fields.Many2one("outsourcing.contract", required=True, readonly=True)
    reason = fields.Text(required=True)
    date_start = fields.Date("From", required=True, default=trade_today)
    date_until = fields.Date("Planned until")
    pauses_limits = fields.Boolean("Time Limits Pause", default=True)
    pauses_fee = fields.Boolean("Fee Pauses", help="The share of these days is taken off the payment rows.")
    has_periods = fields.Boolean(compute="_compute_has_periods")

    @api.depends("contract_id")
    def _compute_has_periods(self):
        for wizard in self:
            contract = wizard.contract_id
            wizard.has_periods = contract.kind != "repairs" and "period" in contract.milestone_ids.mapped(
                "kind"
            )

    def action_confirm(self):
        """Suspend the contract."""
        self.ensure_one()
        names = ("date_start", "date_until", "pauses_limits", "pauses_fee")
        self.contract_id._suspend(self.reason, **{name: self[name] for name in names})
        return {"type": "ir.actions.act_window_close"}
