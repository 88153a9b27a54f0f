from odoo import api, fields, models


class OutsourcingClaimLine(models.Model):
    """One amount of a claim and where it comes from."""

    _name = "outsourcing.claim.line"
    _description = "Line of a Claim"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "claim_id, id"
    _workflow_parent = "claim_id"
    _line_open_states = ()  # drawn up by the contract, never typed in

    claim_id = fields.Many2one("outsourcing.claim", required=True, index=True, ondelete="cascade")
    contract_id = fields.Many2one(related="claim_id.contract_id", store=True, index=True)
    company_id = fields.Many2one(related="claim_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="claim_id.currency_id", store=True)
    kind = fields.Selection(
        [("deduction", "Deduction"), ("reward", "Reward"), ("advance", "Advance not recovered")],
        required=True,
    )
    name = fields.Char(required=True)
    adjustment_id = fields.Many2one("outsourcing.adjustment", index="btree_not_null", ondelete="restrict")
    amount = fields.Monetary(help="What the contractor owes us; negative for a reward.")
    is_active = fields.Boolean(
        compute="_compute_is_active", store=True, help="Technical: not of a cancelled claim."
    )

    _adjustment_uniq = models.UniqueIndex(
        "(adjustment_id) WHERE is_active AND adjustment_id IS NOT NULL",
        "Somebody else has just claimed the same penalty or reward.",
    )

    @api.depends("claim_id.state")
    def _compute_is_active(self):
        for line in self:
            line.is_active = line.claim_id.state != "cancelled"
