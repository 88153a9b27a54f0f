from odoo import api, fields, models

from .line_kind import LineKind


class OutsourcingSettlementLine(models.Model):
    """One amount of a settlement and where it comes from; a snapshot that is never read back."""

    _name = "outsourcing.settlement.line"
    _description = "Settlement Line"
    _inherit = ["outsourcing.workflow.line.mixin", "analytic.mixin"]
    _order = "settlement_id, sequence, id"

    _workflow_parent = "settlement_id"
    _line_open_states = ()  # lines are generated, never typed in

    settlement_id = fields.Many2one("outsourcing.settlement", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    kind = fields.Selection("_get_kind_selection", required=True, index=True)
    name = fields.Char("Description", required=True)
    contract_id = fields.Many2one(related="settlement_id.contract_id", store=True, index=True)
    contractor_id = fields.Many2one(related="settlement_id.contractor_id", store=True, index=True)
    company_id = fields.Many2one(related="settlement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="settlement_id.currency_id", store=True)
    date = fields.Date(related="settlement_id.date", store=True)
    state = fields.Selection(related="settlement_id.state", store=True, index=True)
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone", "Milestone or Period", index="btree_not_null", ondelete="restrict"
    )
    adjustment_id = fields.Many2one(
        "outsourcing.adjustment", "Penalty or Reward", index="btree_not_null", ondelete="restrict"
    )
    community_id = fields.Many2one("outsourcing.community", index="btree_not_null", ondelete="restrict")
    purchase_line_id = fields.Many2one(
        "purchase.order.line", index="btree_not_null", ondelete="restrict", groups="base.group_user"
    )
    account_move_line_ids = fields.One2many(
        "account.move.line", "outsourcing_settlement_line_id", string="Bill Lines", groups="base.group_user"
    )
    account_id = fields.Many2one("account.account", ondelete="restrict", groups="base.group_user")
    tax_ids = fields.Many2many(
        "account.tax", string="Taxes", groups="base.group_user", context={"active_test": False}
    )
    analytic_distribution = fields.Json(groups="base.group_user")

    quantity = fields.Float(digits="Product Unit", default=1.0)
    price_unit = fields.Monetary("Unit Price")
    amount_untaxed = fields.Monetary(
        "Untaxed Amount", compute="_compute_amount", store=True, compute_sudo=True
    )
    amount_tax = fields.Monetary("Tax", compute="_compute_amount", store=True, compute_sudo=True)
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        compute_sudo=True,
        help="What it adds to or takes off the payable.",
    )
    formula = fields.Char("Calculation")
    date_due = fields.Date(
        "Due",
        compute="_compute_date_due",
        store=True,
        compute_sudo=True,
        help="When a retention is to be paid back; empty until the completion is accepted.",
    )

    res_model = fields.Char("Source Model")
    res_id = fields.Many2oneReference("Source Record", model_field="res_model")
    source_name = fields.Char(
        "Source", help="The document behind an amount that is neither work nor a penalty or reward."
    )
    source_key = fields.Char(readonly=True)
    is_active = fields.Boolean(
        compute="_compute_is_active",
        store=True,
        compute_sudo=True,
        help="Technical: not of a cancelled settlement, so that nothing is settled twice.",
    )
    slice_no = fields.Integer("Slice")

    _source_key_uniq = models.UniqueIndex(
        "(source_key) WHERE is_active AND source_key IS NOT NULL",
        "Somebody else has just settled the same milestone, penalty or reward.",
    )

    @api.model
    def _get_kind_selection(self):
        kinds = self.env["outsourcing.settlement"]._get_line_kinds()
        return [(name, kind.label) for name, kind in kinds.items()]

    def _get_kind_labels(self):
        """Return the labels of the kinds of ``self``; one whose add-on is gone is called by its name."""
        return {name: name for name in self.mapped("kind")} | dict(self._get_kind_selection())

    def _sum_by_total(self, name, kinds=None):
        """Sum up the field ``name`` of ``self``, by the totals of a settlement.

        :param dict kinds: what ``_get_line_kinds`` says, where it was asked once for many settlements
        :return: dict field of the settlement -> sum, with the sign that it shows
        """
        kinds = kinds or self.env["outsourcing.settlement"]._get_line_kinds()
        unknown = LineKind("")  # of an add-on that is gone
        totals = {kind.total: 0.0 for kind in (*kinds.values(), unknown)}
        for line in self:
            kind = kinds.get(line.kind, unknown)
            totals[kind.total] += kind.sign * line[name]
        return totals

    @api.depends("settlement_id.state")
    def _compute_is_active(self):
        for line in self:
            line.is_active = line.settlement_id.state != "cancelled"

    @api.depends("kind", "milestone_id.date_liability_end")
    def _compute_date_due(self):
        for line in self:
            line.date_due = line.kind == "retention" and line.milestone_id.date_liability_end

    @api.depends("quantity", "price_unit", "tax_ids")
    def _compute_amount(self):
        # the engine of the bill itself, so that both agree to the cent whatever way the company rounds
        AccountTax = self.env["account.tax"]
        for settlement, lines in self.grouped("settlement_id").items():
            company = settlement.company_id or self.env.company
            base_lines = [line._prepare_base_line_for_taxes_computation() for line in lines]
            AccountTax._add_tax_details_in_base_lines(base_lines, company)
            AccountTax._round_base_lines_tax_details(base_lines, company)
            for line, base_line in zip(lines, base_lines, strict=True):
                details = base_line["tax_details"]
                untaxed = details["total_excluded_currency"] + details["delta_total_excluded_currency"]
                tax = sum(tax_data["tax_amount_currency"] for tax_data in details["taxes_data"])
                line.amount_untaxed = untaxed
                line.amount_tax = tax
                line.amount = untaxed + tax

    def _prepare_base_line_for_taxes_computation(self):
        self.ensure_one()
        settlement = self.settlement_id
        return self.env["account.tax"]._prepare_base_line_for_taxes_computation(
            self,
            tax_ids=self.tax_ids,
            quantity=self.quantity,
            price_unit=self.price_unit,
            partner_id=settlement.contractor_id,
            currency_id=settlement.currency_id,
            rate=1.0,
            sign=-1,
        )

    def _get_accepted_milestones(self):
        return self.filtered(lambda line: line.kind == "milestone").milestone_id

    def action_open_source(self):
        """Open what the amount rests on: a penalty's fact, the acceptance of work, else the contract."""
        self.ensure_one()
        if self.adjustment_id:
            return self.adjustment_id.action_open_source()
        if self.res_id and self.res_model in self.env:
            return {
                "type": "ir.actions.act_window",
                "res_model": self.res_model,
                "res_id": self.res_id,
                "views": [(False, "form")],
            }
        if self.milestone_id.accepted_res_id:
            return self.milestone_id.action_open_accepted_source()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.contract",
            "res_id": self.contract_id.id,
            "views": [(False, "form")],
        }

    def action_open_bill(self):
        """Open the vendor bill of the line's settlement."""
        return self.settlement_id.action_open_bill()
