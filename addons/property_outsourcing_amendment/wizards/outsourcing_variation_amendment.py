from odoo import api, fields, models


class OutsourcingVariationAmendment(models.TransientModel):
    """Where the amount of approved site variations goes: a new payment row or one there is."""

    _name = "outsourcing.variation.amendment"
    _description = "Create an amendment from site variations"

    variation_ids = fields.Many2many("outsourcing.variation", string="Site Variations", required=True)
    contract_id = fields.Many2one("outsourcing.contract", compute="_compute_from_variations")
    currency_id = fields.Many2one("res.currency", compute="_compute_from_variations")
    amount_total = fields.Monetary("Amount", compute="_compute_from_variations")
    title = fields.Char(
        required=True,
        default=lambda self: self.env._("Site variations taken up"),
        string="Title of the Amendment",
    )
    mode = fields.Selection(
        [("new", "A new payment row"), ("row", "A payment row there is")], required=True, default="new"
    )
    name = fields.Char("Name of the Payment Row")
    date_due = fields.Date("Planned Date", help="Empty: the end of the contract.")
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone", "Payment Row", domain="[('contract_id', '=', contract_id)]"
    )

    @api.depends("variation_ids")
    def _compute_from_variations(self):
        for wizard in self:
            contract = wizard.variation_ids.contract_id[:1]
            wizard.contract_id = contract
            wizard.currency_id = contract.currency_id
            wizard.amount_total = sum(wizard.variation_ids.mapped("amount_total"))

    def action_create(self):
        """Create the draft amendment and open it."""
        self.ensure_one()
        row = self.milestone_id if self.mode == "row" else None
        amendment = self.variation_ids._create_amendment(
            self.title, milestone=row, name=self.name, date_due=self.date_due
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.contract.amendment",
            "res_id": amendment.id,
            "view_mode": "form",
        }
