from odoo import api, fields, models

from ..models.catalogue.outsourcing_rule_mixin import ROW_BASES


class OutsourcingRulePreview(models.TransientModel):
    """What a clause would cost, with figures the reader types in. Nothing is kept."""

    _name = "outsourcing.rule.preview"
    _description = "Example of a Penalty or Reward Clause"

    rule_id = fields.Many2one("outsourcing.contract.rule", "Clause", required=True, readonly=True)
    contract_id = fields.Many2one(related="rule_id.contract_id")
    currency_id = fields.Many2one(related="contract_id.currency_id")
    direction = fields.Selection(related="rule_id.direction")
    basis = fields.Selection(related="rule_id.basis")
    per = fields.Selection(related="rule_id.per")
    grace = fields.Float(related="rule_id.grace")
    cap_period = fields.Float(related="rule_id.cap_period")
    cap_total = fields.Float(related="rule_id.cap_total")
    cap_rate = fields.Float(related="rule_id.cap_rate")
    tax_basis = fields.Selection(related="rule_id.tax_basis")
    quantity = fields.Float(default=1.0, help="Cases, units, hours or days, as the clause counts.")
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone",
        "Period or Milestone",
        compute="_compute_milestone_id",
        store=True,
        readonly=False,
        domain="[('contract_id', '=', contract_id)]",
    )
    loss = fields.Monetary("Actual Loss")
    quantity_counted = fields.Float("Counted after Grace", compute="_compute_result")
    amount = fields.Monetary("Result", compute="_compute_result")
    uncapped_amount = fields.Monetary("Before Cap", compute="_compute_result")
    amount_other_basis = fields.Monetary("On the Other Tax Basis", compute="_compute_result")
    formula = fields.Char("Calculation", compute="_compute_result")
    remark = fields.Text(compute="_compute_result")

    @api.depends("rule_id")
    def _compute_milestone_id(self):
        for preview in self:
            rows = preview.rule_id.contract_id.milestone_ids.filtered(lambda row: not row.is_prepayment)
            preview.milestone_id = rows[:1]

    @api.depends("rule_id", "quantity", "milestone_id", "loss")
    @api.depends_context("lang")
    def _compute_result(self):
        for preview in self:
            rule = preview.rule_id
            counted = max(preview.quantity - rule.grace, 0.0)
            figures = rule._get_figures(counted, preview.milestone_id, loss=max(preview.loss, 0.0))
            if not counted:
                figures.update(uncapped_amount=0.0, amount=0.0)
            if total_cap := rule._get_total_cap():
                left = max(total_cap - rule.amount_confirmed, 0.0)
                figures["amount"] = min(figures["amount"], left)
            draft = self.env["outsourcing.adjustment"].new({"contract_id": rule.contract_id.id, **figures})
            preview.quantity_counted = figures["quantity"] if counted else 0.0
            preview.amount = figures["amount"]
            preview.uncapped_amount = figures["uncapped_amount"]
            preview.amount_other_basis = preview._convert_tax_basis(figures["amount"])
            preview.formula = draft._get_formula()
            preview.remark = preview._get_remark(counted)

    def _convert_tax_basis(self, amount):
        factor = 1 + self.contract_id.tax_rate / 100
        other = amount / factor if self.tax_basis == "gross" else amount * factor
        return self.currency_id.round(other) if self.currency_id else other

    def _get_remark(self, counted):
        """Return the sentences that explain what is not visible in the formula."""
        remarks = []
        if not counted:
            remarks.append(self.env._("Within the grace of %s: no consequence.", f"{self.grace:g}"))
        if self.per == "period":
            remarks.append(self.env._("Applied once per period, however many cases there are."))
        if self.basis in ROW_BASES and not self.milestone_id:
            remarks.append(self.env._("Choose the payment row the percentage is taken of."))
        remarks += self.rule_id._get_cap_notes(self.amount, self.milestone_id)
        return "\n".join(remarks)
