from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [
    ("draft", "Draft"),
    ("requested", "Waits for the first approval"),
    ("checked", "Waits for the second approval"),
    ("approved", "Account in use"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("requested", "checked")


class OutsourcingPayeeChange(models.Model):
    """The only way the account changes on which a contractor is paid: proof of the bank, two approvals.

    Whoever can change an account alone can have the next payment sent to himself; so nobody does.
    """

    _name = "outsourcing.payee.change"
    _description = "Change of a Payee's Bank Account"
    _inherit = [
        "outsourcing.workflow.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "outsourcing.evidence.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _upload_modes = ("evidence",)

    partner_id = fields.Many2one(
        "res.partner",
        "Contractor",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('outsourcing_state', '!=', False), ('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    acc_number = fields.Char("New Account Number", required=True, tracking=True)
    bank_name = fields.Char("Bank and Branch", required=True, tracking=True)
    acc_holder_name = fields.Char(
        "Account Holder",
        compute="_compute_acc_holder_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    is_other_holder = fields.Boolean(compute="_compute_is_other_holder")
    reason = fields.Text(tracking=True)
    former_account = fields.Char(
        "Account until now",
        compute="_compute_former_account",
        store=True,
        compute_sudo=True,
        help="As it was when the change was requested.",
    )
    account_id = fields.Many2one(
        "res.partner.bank", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    answer = fields.Text("Reason of the Refusal", copy=False)
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    date_requested = fields.Datetime("Requested on", readonly=True, copy=False)
    checked_by_id = fields.Many2one(
        "res.users", "First Approval by", readonly=True, copy=False, ondelete="restrict"
    )
    date_checked = fields.Datetime("First Approval on", readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        "res.users", "Second Approval by", readonly=True, copy=False, ondelete="restrict"
    )
    date_approved = fields.Datetime(
        "In Force since", readonly=True, copy=False, index="btree_not_null", tracking=True
    )
    may_approve = fields.Boolean(compute="_compute_may_approve")
    state = fields.Selection(STATES, required=True, copy=False, default="draft", tracking=True, index=True)

    _one_open = models.UniqueIndex(
        "(partner_id) WHERE state IN ('requested', 'checked')",
        "Another change of this contractor's account is waiting for its approval.",
    )

    @api.depends("partner_id")
    def _compute_acc_holder_name(self):
        for change in self:
            change.acc_holder_name = change.partner_id.name or change.acc_holder_name

    @api.depends("partner_id", "acc_holder_name")
    def _compute_is_other_holder(self):
        for change in self:
            holder = (change.acc_holder_name or "").strip()
            change.is_other_holder = bool(holder and change.partner_id) and holder != change.partner_id.name

    @api.depends("partner_id")
    def _compute_former_account(self):
        accounts = self.partner_id._get_payee_accounts()
        for change in self:
            account = accounts.get(change.partner_id)
            change.former_account = account and account._get_payee_label()

    @api.depends("partner_id", "acc_number")
    def _compute_display_name(self):
        for change in self:
            names = (change.partner_id.name, (change.acc_number or "")[-4:])
            change.display_name = " ".join(name for name in names if name)

    @api.depends("state", "requested_by_id", "checked_by_id")
    @api.depends_context("uid")
    def _compute_may_approve(self):
        for change in self:
            acted = change.create_uid | change.requested_by_id | change.checked_by_id
            change.may_approve = change.state in OPEN_STATES and self.env.user not in acted

    @api.constrains("partner_id")
    def _check_partner(self):
        for change in self:
            if not change.partner_id.outsourcing_state or change.partner_id.parent_id:
                raise ValidationError(self.env._("%s is not a contractor.", change.partner_id.display_name))

    # ---- evidence ---------------------------------------------------------------------------------------

    def _get_upload_firm(self):
        return self.partner_id

    def _get_evidence_vals(self):
        return {
            **super()._get_evidence_vals(),
            "contractor_id": self.partner_id.id,
            "company_id": self.company_id.id,
        }

    def _takes_evidence(self):
        return super()._takes_evidence() and self.state == "draft"

    def action_add_proof(self):
        """Open the dialogue that takes the bank's proof: the notice of opening, the letter of the bank."""
        return self._get_upload_action("evidence", self.env._("Proof of the bank"))
