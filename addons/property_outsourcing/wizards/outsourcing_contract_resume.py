from odoo import api, fields, models

from ..models.workflow.trade_time import trade_today


class OutsourcingContractResume(models.TransientModel):
    """From which day on work goes on; later the same dialogue corrects that day."""

    _name = "outsourcing.contract.resume"
    _description = "Resume a Contract"

    contract_id = fields.Many2one("outsourcing.contract", required=True, readonly=True)
    suspension_id = fields.Many2one("outsourcing.contract.suspension", required=True, readonly=True)
    is_correction = fields.Boolean(compute="_compute_is_correction")
    date_start = fields.Date(related="suspension_id.date_start", string="Suspended from")
    pauses_limits = fields.Boolean(related="suspension_id.pauses_limits")
    pauses_fee = fields.Boolean(related="suspension_id.pauses_fee")
    date = fields.Date("Resumed on", required=True, default=trade_today)
    days_paused = fields.Integer("Days of Rest", compute="_compute_days_paused")
    reason = fields.Text()

    @api.depends("suspension_id")
    def _compute_is_correction(self):
        for wizard in self:
            wizard.is_correction = bool(wizard.suspension_id.date_resumed)

    @api.depends("suspension_id", "date")
    def _compute_days_paused(self):
        for wizard in self:
            dates = (wizard.date_start, wizard.date)
            wizard.days_paused = max((wizard.date - wizard.date_start).days, 0) if all(dates) else 0

    def action_confirm(self):
        """Resume the contract, or correct the day it was resumed."""
        self.ensure_one()
        if self.is_correction:
            self.suspension_id._correct(self.date, self.reason)
        else:
            self.contract_id._resume(self.date)
        return {"type": "ir.actions.act_window_close"}
