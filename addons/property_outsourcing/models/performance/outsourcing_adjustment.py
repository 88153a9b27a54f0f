from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools import format_money
from ..catalogue.outsourcing_rule_mixin import PERCENT_BASES
from ..workflow.sequence_numbers import give_numbers
from ..workflow.trade_time import trade_today


class OutsourcingAdjustment(models.Model):
    """A deduction or reward: rule, fact, formula and cap, open to appeal before it reaches a bill."""

    _name = "outsourcing.adjustment"
    _description = "Penalty or Reward"
    _inherit = [
        "outsourcing.workflow.mixin",
        "outsourcing.file.owner.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True

    _frozen_fields = {state: ("*",) for state in ("confirmed", "appealed", "waived", "settled")} | {
        # the figures are the clause's from the first moment; day and wording may be put right
        "proposed": (
            "contract_id", "rule_id", "milestone_id", "community_id", "direction", "clause", "basis",
            "basis_amount", "rate", "fixed_amount", "quantity", "tax_basis", "uncapped_amount", "amount",
            "fact_ids", "name",
        )
    }  # fmt: skip
    _deletable_states = ()

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="restrict")
    rule_id = fields.Many2one(
        "outsourcing.contract.rule",
        "Clause",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
    )
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone",
        "Period or Milestone",
        index=True,
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    community_id = fields.Many2one(
        "outsourcing.community",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        index=True,
        precompute=True,
        domain="[('id', 'in', contract_community_ids)]",
    )
    fact_ids = fields.Many2many(
        "outsourcing.fact", string="Facts", copy=False, context={"active_test": False}
    )
    fact_count = fields.Integer(compute="_compute_fact_count")
    date = fields.Date(required=True, default=trade_today, index=True)
    reason = fields.Text(help="What happened, when no recorded fact tells it.")

    # snapshot of the clause and of what it was applied to
    direction = fields.Selection(
        [("penalty", "Penalty"), ("reward", "Reward")], required=True, default="penalty"
    )
    clause = fields.Char("Clause Number")
    basis = fields.Selection(
        selection=lambda self: (
            self.env["outsourcing.contract.rule"]._fields["basis"]._description_selection(self.env)
        ),
        required=True,
    )
    basis_amount = fields.Monetary()
    rate = fields.Float("Rate (%)", digits=(16, 4))
    fixed_amount = fields.Monetary()
    quantity = fields.Float(default=1.0)
    tax_basis = fields.Selection(
        [("gross", "Tax included"), ("net", "Tax excluded")], required=True, default="gross"
    )
    uncapped_amount = fields.Monetary("Amount before Cap")
    amount = fields.Monetary(required=True, tracking=True)
    signed_amount = fields.Monetary(compute="_compute_signed_amount", store=True)
    formula = fields.Char(compute="_compute_formula")
    once_key = fields.Char(copy=False, readonly=True)

    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("confirmed", "Confirmed"),
            ("appealed", "Appealed"),
            ("waived", "Waived"),
            ("settled", "Settled"),
        ],
        required=True,
        copy=False,
        default="proposed",
        tracking=True,
        index=True,
        group_expand=True,
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_confirmed = fields.Datetime(readonly=True, copy=False)
    appeal_deadline = fields.Date(readonly=True, copy=False)
    appeal_reason = fields.Text(readonly=True, copy=False)
    appeal_file_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_adjustment_appeal_file_rel",
        "adjustment_id",
        "attachment_id",
        "Files to the Appeal",
        readonly=True,
        copy=False,
        bypass_search_access=True,
    )
    appealed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    appeal_date = fields.Datetime(readonly=True, copy=False)
    answer_deadline = fields.Date(readonly=True, copy=False)
    decision = fields.Text("Decision on Appeal", copy=False)
    is_acknowledged = fields.Boolean("Acknowledged by Contractor", readonly=True, copy=False)
    date_acknowledged = fields.Datetime(readonly=True, copy=False)

    _once_uniq = models.UniqueIndex(
        "(once_key) WHERE once_key IS NOT NULL AND state != 'waived'",
        "This clause has already been applied to this period or fact.",
    )
    _amount_positive = models.Constraint("CHECK(amount >= 0)", "The amount cannot be negative.")

    # ---- computes ---------------------------------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "confirmed": ("proposed", "appealed"),
            "appealed": ("confirmed",),
            "waived": ("proposed", "confirmed", "appealed"),
            "settled": ("confirmed",),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "once_key", "confirmed_by_id", "date_confirmed", "appeal_deadline", "appeal_reason",
            "appeal_file_ids",
            "appealed_by_id", "appeal_date", "answer_deadline", "is_acknowledged", "date_acknowledged",
        }  # fmt: skip

    @api.depends("milestone_id.community_id", "contract_id.community_id")
    def _compute_community_id(self):
        for adjustment in self:
            contract, community = adjustment.contract_id, adjustment.community_id
            if community not in contract.community_ids:
                community = contract.community_id
            adjustment.community_id = adjustment.milestone_id.community_id or community

    @api.depends("fact_ids")
    def _compute_fact_count(self):
        for adjustment in self:
            adjustment.fact_count = len(adjustment.fact_ids)

    @api.depends("amount", "direction")
    def _compute_signed_amount(self):
        for adjustment in self:
            adjustment.signed_amount = adjustment.amount * (-1 if adjustment.direction == "penalty" else 1)

    @api.depends("basis", "basis_amount", "rate", "fixed_amount", "quantity", "amount", "uncapped_amount")
    @api.depends("cap_cut")
    @api.depends_context("lang")
    def _compute_formula(self):
        for adjustment in self:
            adjustment.formula = adjustment._get_formula()

    def _compute_access_url(self):
        super()._compute_access_url()
        for adjustment in self:
            adjustment.access_url = f"/my/outsourcing/adjustments/{adjustment.id}"

    def _format_money(self, value):
        return format_money(self, value)

    def _get_formula(self):
        """Return the calculation as a reader can check it, e.g. ``12,000.00 × 5% = 600.00``."""
        self.ensure_one()

        money = self._format_money
        if self.basis in PERCENT_BASES:
            text = f"{money(self.basis_amount)} × {self.rate:g}%"
        elif self.basis == "fixed":
            text = money(self.fixed_amount)
        else:
            text = self.env._("actual loss")
        if self.quantity != 1.0:
            text += f" × {self.quantity:g}"
        if self.basis != "fixed" or self.quantity != 1.0:
            text += f" = {money(self.uncapped_amount)}"
        if self.currency_id and self.currency_id.compare_amounts(self.amount, self.uncapped_amount):
            text += self.env._(", capped at %s", money(self.amount))
        return text

    # ---- constraints and CRUD ---------------------------------------------------------------------------

    @api.constrains("rule_id", "contract_id", "milestone_id", "community_id", "fact_ids")
    def _check_same_contract(self):
        for adjustment in self:
            contract, row = adjustment.contract_id, adjustment.milestone_id
            linked = adjustment.rule_id.contract_id | row.contract_id | adjustment.fact_ids.contract_id
            if linked - contract:
                raise ValidationError(self.env._("Clause, period and facts must belong to the contract."))
            served = row.community_id or contract.community_ids | contract.community_id
            # a fact may concern a community that has left the contract since
            if adjustment.community_id not in served and not self._is_gate_open():
                raise ValidationError(
                    self.env._("%s: the community is not that of the period.", adjustment.name)
                    if row
                    else self.env._("%s: the community is not part of the contract.", adjustment.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        contracts = self.env["outsourcing.contract"].browse(vals["contract_id"] for vals in vals_list)
        contracts.fetch(["company_id"])
        companies = {contract.id: contract.company_id for contract in contracts}
        give_numbers(vals_list, self._name, lambda vals: companies[vals["contract_id"]])
        return super().create(vals_list)

    # ---- where it leads ---------------------------------------------------------------------------------

    def action_open_source(self):
        """Open the fact behind the adjustment, or the list of them."""
        self.ensure_one()
        if not self.fact_ids:
            raise AccessError(self.env._("No recorded fact: see the reason."))
        if len(self.fact_ids) == 1:
            return self.fact_ids.action_open_source()
        action = self.env["ir.actions.act_window"]._for_xml_id("property_outsourcing.outsourcing_fact_action")
        return {**action, "domain": [("id", "in", self.fact_ids.ids)]}

    def _get_citation(self):
        """Return the words that cite the clause the adjustment rests on, 依据合同第9.3条; "" without one."""
        return self.contract_id._get_citation(self.clause)

    def _prepare_settlement_line(self):
        """Return the settlement line of a final adjustment, as ``_prepare_settlement_lines`` describes it."""
        self.ensure_one()
        analytic = self.community_id.analytic_account_id
        return {
            "key": f"adjustment:{self.id}",
            "kind": "deduction" if self.direction == "penalty" else "reward",
            "name": " ".join(filter(None, (self.name, self._get_citation(), self.rule_id.name))),
            "quantity": 1.0,
            "price_unit": -self.amount if self.direction == "penalty" else self.amount,
            "tax_basis": self.tax_basis,
            "formula": self.formula,
            "milestone_id": self.milestone_id.id,
            "purchase_line_id": False,
            "adjustment_id": self.id,
            "analytic_distribution": {str(analytic.id): 100} if analytic else False,
        }
