from odoo import api, fields, models
from odoo.fields import Command


class OutsourcingContractRenew(models.TransientModel):
    _name = "outsourcing.contract.renew"
    _description = "Renew a Contract"

    contract_id = fields.Many2one("outsourcing.contract", required=True, readonly=True)
    date_start = fields.Date(
        "First Day", compute="_compute_term", store=True, readonly=False, required=True, precompute=True
    )
    date_end = fields.Date(
        "Last Day", compute="_compute_term", store=True, readonly=False, required=True, precompute=True
    )
    document_type_ids = fields.Many2many(
        "outsourcing.document.type", string="Documents to Renew", compute="_compute_document_type_ids"
    )
    advice = fields.Selection(
        [("renew", "Renewal"), ("improve", "Renew with conditions"), ("end", "Do not renew")],
        "Recommendation",
        compute="_compute_advice",
    )
    advice_reasons = fields.Text("Reasons", compute="_compute_advice")
    breach_count = fields.Integer(related="contract_id.breach_count")
    currency_id = fields.Many2one(related="contract_id.currency_id")
    line_ids = fields.One2many(
        "outsourcing.contract.renew.line",
        "wizard_id",
        "Fees",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("contract_id")
    def _compute_term(self):
        for wizard in self:
            wizard.date_start, wizard.date_end = wizard.contract_id._get_next_term()

    @api.depends("contract_id", "date_end")
    def _compute_document_type_ids(self):
        for wizard in self:
            date_end = wizard.date_end or wizard.contract_id.date_end
            wizard.document_type_ids = wizard.contract_id._get_documents_to_renew(date_end)

    @api.depends("contract_id", "date_start", "date_end")
    def _compute_line_ids(self):
        for wizard in self:
            dates = (wizard.date_start, wizard.date_end)
            rows = wizard.contract_id._get_renewal_differences(*dates) if all(dates) else []
            wizard.line_ids = [Command.clear(), *(Command.create(row) for row in rows)]

    @api.depends("contract_id")
    def _compute_advice(self):
        for wizard in self:
            recommendation = wizard.contract_id._get_renewal_recommendation()
            wizard.advice = recommendation["advice"]
            wizard.advice_reasons = "\n".join(recommendation["reasons"])

    def action_confirm(self):
        """Create the draft of the next term and open it."""
        self.ensure_one()
        renewal = self.contract_id._renew(self.date_start, self.date_end)
        return {
            "type": "ir.actions.act_window",
            "res_model": renewal._name,
            "res_id": renewal.id,
            "view_mode": "form",
        }
