from odoo import api, fields, models

from ..models.workflow.trade_time import trade_today


class OutsourcingContractPersonReplace(models.TransientModel):
    _name = "outsourcing.contract.person.replace"
    _description = "Replace a Person Named in a Contract"

    row_id = fields.Many2one("outsourcing.contract.person", required=True, readonly=True)
    is_key = fields.Boolean(related="row_id.is_key")
    firm_id = fields.Many2one("res.partner", compute="_compute_firm_id")
    person_id = fields.Many2one(
        "res.partner",
        "New Person",
        required=True,
        domain="[('parent_id', '=', firm_id), ('is_company', '=', False)]",
    )
    date = fields.Date("First Day", required=True, default=trade_today)
    reason = fields.Char(required=True)
    date_consent = fields.Date("Our Consent on", help="Empty: replaced without our consent, and recorded so.")

    @api.depends("row_id")
    def _compute_firm_id(self):
        for wizard in self:
            wizard.firm_id = wizard.row_id.firm_id

    def action_confirm(self):
        """Replace the person."""
        self.ensure_one()
        self.row_id._replace(self.person_id, self.date, self.reason, self.date_consent)
        return {"type": "ir.actions.act_window_close"}
