from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import give_numbers
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import assign_alike

from .line_kind import LineKind


class OutsourcingSettlement(models.Model):
    """What is owed for accepted milestones or periods, agreed by two people before finance makes the bill."""

    _name = "outsourcing.settlement"
    _description = "Settlement"
    _inherit = ["outsourcing.signed.mixin", "portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(readonly=True, copy=False, default="/", index="trigram")
    kind = fields.Selection(
        [
            ("period", "Monthly statement"),
            ("progress", "Progress payment application"),
            ("completion", "Final settlement"),
            ("return", "Return of retention and bond"),
        ],
        compute="_compute_kind",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
        help="Decides which document is printed: 月度对账结算单, 进度款支付申请单 or 竣工结算书.",
    )
    contract_id = fields.Many2one(
        "outsourcing.contract",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('state', 'not in', ('draft', 'to_approve', 'cancelled'))]",
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    community_id = fields.Many2one(related="contract_id.community_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    contract_amount = fields.Monetary(related="contract_id.amount_total", string="Contract Amount")
    date = fields.Date(required=True, default=trade_today, index=True, tracking=True)
    milestone_ids = fields.Many2many(
        "outsourcing.contract.milestone",
        "outsourcing_settlement_milestone_rel",
        "settlement_id",
        "milestone_id",
        string="Milestones and Periods",
        copy=False,
        domain="[('contract_id', '=', contract_id), ('amount_to_settle', '>', 0)]",
    )
    line_ids = fields.One2many("outsourcing.settlement.line", "settlement_id", string="Lines", readonly=True)
    note = fields.Html("Remark for the Contractor", copy=False, sanitize=True)
    internal_note = fields.Html(groups="base.group_user", copy=False)

    retention_basis = fields.Selection(
        [("gross", "Accepted amount, tax included"), ("net", "Accepted amount, tax excluded")],
        required=True,
        default="gross",
    )
    advance_recovery = fields.Monetary(
        "Advance to Recover",
        copy=False,
        help="How much of the advances billed under this contract is taken back with this settlement.",
    )
    advance_open = fields.Monetary("Open Advance", compute="_compute_advance_open", compute_sudo=True)
    amount_accepted = fields.Monetary("Accepted", compute="_compute_amounts", store=True)
    amount_deduction = fields.Monetary("Deductions", compute="_compute_amounts", store=True)
    amount_reward = fields.Monetary("Rewards", compute="_compute_amounts", store=True)
    amount_retention = fields.Monetary("Retention", compute="_compute_amounts", store=True)
    amount_advance_recovery = fields.Monetary("Advance Recovered", compute="_compute_amounts", store=True)
    amount_other = fields.Monetary("Other", compute="_compute_amounts", store=True)
    amount_untaxed = fields.Monetary("Untaxed Amount", compute="_compute_amounts", store=True)
    amount_tax = fields.Monetary("Tax", compute="_compute_amounts", store=True)
    amount_payable = fields.Monetary("Payable", compute="_compute_amounts", store=True, tracking=True)

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To check"),
            ("checked", "To approve"),
            ("approved", "To bill"),
            ("billed", "Billed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        copy=False,
        default="draft",
        tracking=True,
        index=True,
        group_expand=True,
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_submitted = fields.Datetime(readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_checked = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_approved = fields.Datetime(readonly=True, copy=False)
    return_reason = fields.Text(readonly=True, copy=False, groups="base.group_user")

    bill_id = fields.Many2one(
        "account.move",
        "Vendor Bill",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", search="_search_is_overdue")

    # ---- kinds of lines ---------------------------------------------------------------------------------

    @api.model
    def _get_line_kinds(self):
        """Return what a settlement consists of: dict kind -> :class:`LineKind`. Hook: add to super's dict.

        Lines of a further kind come from ``outsourcing.contract._prepare_settlement_lines``. Form, statement,
        workbook, bill and portal show them like all others.
        """
        _ = self.env._
        return {
            "milestone": LineKind(_("Accepted work"), 10, "amount_accepted"),
            "reward": LineKind(_("Reward"), 20, "amount_reward"),
            "deduction": LineKind(_("Deduction"), 30, "amount_deduction", -1),
            "advance_recovery": LineKind(_("Advance recovery"), 40, "amount_advance_recovery", -1),
            "retention": LineKind(_("Retention"), 50, "amount_retention", -1),
        }

    @api.model
    def _get_line_sequence(self, kind):
        """Return the place of a line of ``kind``, which somebody has to have declared."""
        kinds = self._get_line_kinds()
        if kind not in kinds:
            raise ValueError(f"{kind} is no kind of settlement line: declare it in _get_line_kinds.")
        return kinds[kind].sequence

    # ---- computes ---------------------------------------------------------------------------------------

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "submitted_by_id", "date_submitted", "checked_by_id", "date_checked", "approved_by_id",
            "date_approved", "bill_id", "return_reason", "payee_account_id",
        }  # fmt: skip

    @api.depends("milestone_ids.kind", "contract_id.kind")
    def _compute_kind(self):
        for settlement in self:
            if "completion" in settlement.milestone_ids.mapped("kind"):
                settlement.kind = "completion"
            else:
                settlement.kind = "progress" if settlement.contract_id.kind == "works" else "period"

    @api.depends("line_ids.amount", "line_ids.amount_untaxed", "line_ids.amount_tax", "line_ids.kind")
    def _compute_amounts(self):
        kinds = self._get_line_kinds()
        totals = {settlement: settlement._sum_lines(kinds) for settlement in self}
        for name in next(iter(totals.values()), ()):
            assign_alike(self, name, {settlement: sums[name] for settlement, sums in totals.items()})

    def _sum_lines(self, kinds):
        """Return the totals of this settlement: dict field -> sum of its lines.

        :param dict kinds: what ``_get_line_kinds`` says
        """
        lines = self.line_ids
        return {
            **lines._sum_by_total("amount", kinds),
            "amount_untaxed": sum(lines.mapped("amount_untaxed")),
            "amount_tax": sum(lines.mapped("amount_tax")),
            "amount_payable": sum(lines.mapped("amount")),
        }

    @api.depends("contract_id")
    def _compute_advance_open(self):
        by_contract = self.contract_id._get_open_advances()
        for settlement in self:
            settlement.advance_open = by_contract.get(settlement.contract_id, 0.0)

    @api.depends("date_due", "payment_state")
    def _compute_is_overdue(self):
        overdue = self.filtered_domain(self._get_overdue_domain())
        for settlement in self:
            settlement.is_overdue = settlement in overdue

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_overdue_domain()

    @api.model
    def _get_overdue_domain(self):
        return Domain("payment_state", "in", ("not_paid", "partial", "blocked")) & Domain(
            "date_due", "<", trade_today(self)
        )

    def _compute_access_url(self):
        super()._compute_access_url()
        for settlement in self:
            settlement.access_url = f"/my/outsourcing/settlements/{settlement.id}"

    # ---- constraints and CRUD ---------------------------------------------------------------------------

    @api.constrains("milestone_ids", "contract_id")
    def _check_milestones(self):
        for settlement in self:
            if settlement.milestone_ids.contract_id - settlement.contract_id:
                raise ValidationError(self.env._("A settlement takes milestones of its own contract only."))

    @api.constrains("advance_recovery")
    def _check_advance_recovery(self):
        for settlement in self:
            if settlement.currency_id.compare_amounts(settlement.advance_recovery, 0.0) < 0:
                raise ValidationError(self.env._("The advance to recover cannot be negative."))

    @api.model_create_multi
    def create(self, vals_list):
        contracts = self.env["outsourcing.contract"].browse(
            v["contract_id"] for v in vals_list if v.get("contract_id")
        )
        contracts.check_access("read")
        companies = {contract.id: contract.company_id for contract in contracts.sudo()}  # a number only
        give_numbers(
            vals_list,
            self._name,
            lambda vals: companies.get(vals.get("contract_id")) or self.env.company,
            lambda vals: fields.Date.to_date(vals.get("date")),
        )
        settlements = super().create(vals_list).with_env(self.env)
        settlements._generate_lines()
        return settlements

    def write(self, vals):
        result = super().write(vals)
        if not self._is_gate_open() and {
            "milestone_ids",
            "retention_basis",
            "advance_recovery",
            "contract_id",
        } & set(vals):
            self._generate_lines()
        return result

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("A settlement is not copied: what is settled once is not settled again."))
