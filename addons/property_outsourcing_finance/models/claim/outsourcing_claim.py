from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

STATES = [
    ("draft", "Draft"),
    ("approved", "Approved"),
    ("claimed", "Claimed"),
    ("cancelled", "Cancelled"),
]


class OutsourcingClaim(models.Model):
    """What the contractor owes us when its contract has ended and no payment is left to take it off.

    Confirmed deductions less rewards, and advances that no work has recovered: billed to the contractor, or
    called from the bank or insurer that guarantees the performance.
    """

    _name = "outsourcing.claim"
    _description = "Claim on a Contractor"
    _inherit = ["outsourcing.signed.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "contract_id.name", "contract_id.title"]

    name = fields.Char(
        "Number", readonly=True, copy=False, index="trigram", help="Drawn with the approval, not before."
    )
    contract_id = fields.Many2one(
        "outsourcing.contract",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', 'in', ('terminated', 'completed', 'closed'))]",
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    community_id = fields.Many2one(related="contract_id.community_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    date = fields.Date(required=True, default=trade_today)
    way = fields.Selection(
        [("invoice", "Billed to the contractor"), ("bond", "Called from the performance bond")],
        "Claimed how",
        required=True,
        default="invoice",
        tracking=True,
    )
    reason = fields.Text()
    line_ids = fields.One2many("outsourcing.claim.line", "claim_id", "Lines", readonly=True)
    amount_total = fields.Monetary("Amount", compute="_compute_amount_total", store=True, tracking=True)
    bond_rest = fields.Monetary("Bond Left", related="contract_id.bond_amount_rest")
    user_id = fields.Many2one("res.users", "Drawn up by", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    date_approved = fields.Datetime("Approved on", readonly=True, copy=False)
    claimed_by_id = fields.Many2one("res.users", "Claimed by", readonly=True, copy=False)
    date_claimed = fields.Datetime("Claimed on", readonly=True, copy=False)
    invoice_id = fields.Many2one(
        "account.move",
        "Bill to the Contractor",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    payment_state = fields.Selection(related="invoice_id.payment_state", compute_sudo=True)
    state = fields.Selection(STATES, required=True, copy=False, default="draft", tracking=True, index=True)

    @api.depends("line_ids.amount")
    def _compute_amount_total(self):
        for claim in self:
            claim.amount_total = sum(claim.line_ids.mapped("amount"))

    @api.depends("name", "contract_id")
    def _compute_display_name(self):
        for claim in self:
            claim.display_name = claim.name or self.env._("Claim under %s", claim.contract_id.display_name)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.contract_id.manager_id | self.community_id._get_managers()

    def action_view_invoice(self):
        """Open the bill to the contractor."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.invoice_id.id,
            "views": [(False, "form")],
        }
