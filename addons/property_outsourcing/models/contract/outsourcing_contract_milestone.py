from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import format_money
from ..workflow.trade_time import trade_today


class OutsourcingContractMilestone(models.Model):
    """A payment row of a contract: a milestone, a period, an advance or the completion.

    It is what gets accepted, billed and paid: 0 <= billed <= accepted <= amount.
    """

    _name = "outsourcing.contract.milestone"
    _description = "Payment Milestone or Period"
    _inherit = ["outsourcing.workflow.line.mixin", "outsourcing.batch.mixin"]
    _order = "contract_id, sequence, id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("milestone", "Milestone"),
            ("period", "Period"),
            ("advance", "Advance payment"),
            ("completion", "Final completion"),
        ],
        required=True,
        default="milestone",
        index=True,
    )
    community_id = fields.Many2one(
        "outsourcing.community",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        required=True,
        index=True,
        precompute=True,
        ondelete="restrict",
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    contract_kind = fields.Selection(related="contract_id.kind", string="Kind of Contract")
    contract_state = fields.Selection(related="contract_id.state", string="State of Contract")
    percent = fields.Float("Share (%)", digits=(16, 4))
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    date_start = fields.Date()
    date_end = fields.Date()
    date_due = fields.Date("Planned Date", index=True)
    requires_third_party = fields.Boolean(
        "Third-Party Level", help="Acceptance needs the final check of a third-party professional body."
    )
    requires_witness = fields.Boolean(
        "Owners' Witness", help="An owners' representative witnesses the acceptance."
    )

    amount_accepted = fields.Monetary(readonly=True, copy=False)
    date_accepted = fields.Date(readonly=True, copy=False, index=True)
    accepted_res_model = fields.Char(readonly=True, copy=False)
    accepted_res_id = fields.Many2oneReference(model_field="accepted_res_model", readonly=True, copy=False)
    accepted_source_name = fields.Char(
        compute="_compute_accepted_source_name", compute_sudo=True, export_string_translation=False
    )
    purchase_line_ids = fields.One2many(
        "purchase.order.line", "outsourcing_milestone_id", "Order Lines", readonly=True
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line", "Order Line", compute="_compute_purchase_line_id"
    )
    project_milestone_id = fields.Many2one(
        "project.milestone", readonly=True, copy=False, index="btree_not_null"
    )
    progress = fields.Selection(
        [
            ("planned", "Planned"),
            ("due", "Due"),
            ("accepted", "Accepted"),
            ("partly_billed", "Partly billed"),
            ("billed", "Billed"),
        ],
        compute="_compute_progress",
    )
    deliverable_ids = fields.One2many("outsourcing.contract.deliverable", "milestone_id", "Deliverables")

    _amount_not_negative = models.Constraint(
        "CHECK(amount >= 0)", "The amount of a payment row cannot be negative."
    )
    _accepted_within_amount = models.Constraint(
        "CHECK(amount_accepted >= 0 AND amount_accepted <= amount)",
        "No more than the agreed amount can be accepted.",
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "amount_accepted", "date_accepted", "date_liability_end", "date_warranty_end",
            "accepted_res_model", "accepted_res_id", "project_milestone_id", "date_closed",
        }  # fmt: skip

    @api.depends("contract_id.community_id")
    def _compute_community_id(self):
        for row in self:
            row.community_id = row.community_id or row.contract_id.community_id

    @api.depends(
        "percent",
        "contract_id.amount_total",
        "contract_id.milestone_ids.percent",
        "contract_id.milestone_ids.is_prepayment",
    )
    def _compute_amount(self):
        for contract in self.contract_id:
            shares = contract.milestone_ids.filtered(
                lambda row: row.percent and not row.is_prepayment
            ).sorted(lambda row: (row.sequence, row.id or 0))
            if not shares:
                continue
            currency, rest = contract.currency_id, contract.amount_total
            complete = abs(sum(shares.mapped("percent")) - 100) < 1e-6
            for row in shares:
                amount = currency.round(contract.amount_total * row.percent / 100)
                if complete and row == shares[-1]:
                    amount = rest  # the last instalment takes the remainder of the rounding
                rest = currency.round(rest - amount)
                row.amount = amount
        for row in self.filtered("is_prepayment"):
            if row.percent:
                row.amount = row.currency_id.round(row.contract_id.amount_total * row.percent / 100)
        for row in self.filtered(lambda row: not row.percent):
            row.amount = row.amount

    @api.depends("purchase_line_ids")
    def _compute_purchase_line_id(self):
        for row in self:
            row.purchase_line_id = row.purchase_line_ids[:1]

    @api.depends("amount", "amount_accepted", "amount_billed", "date_due")
    @api.depends_context("uid")
    def _compute_progress(self):
        today = trade_today(self)
        for row in self:
            if row.amount_billed and row.amount_to_bill <= 0:
                row.progress = "billed"
            elif row.amount_billed:
                row.progress = "partly_billed"
            elif row.date_accepted:
                row.progress = "accepted"
            else:
                row.progress = "due" if row.date_due and row.date_due <= today else "planned"

    @api.depends("name", "contract_id.name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = " ".join(part for part in (row.contract_id.name, row.name) if part)

    # ---- constraints ------------------------------------------------------------------------------------

    @api.constrains("percent")
    def _check_percent(self):
        for row in self:
            if not 0 <= row.percent <= 100:
                raise ValidationError(
                    self.env._("%s: the share must lie between 0 and 100 percent.", row.name)
                )

    @api.constrains("date_start", "date_end", "kind")
    def _check_dates(self):
        for row in self:
            if row.kind == "period" and not (row.date_start and row.date_end):
                raise ValidationError(self.env._("%s: a period needs a first and a last day.", row.name))
            if row.date_start and row.date_end and row.date_end < row.date_start:
                raise ValidationError(self.env._("%s: the last day lies before the first.", row.name))

    @api.model
    def _get_in_force_domain(self):
        # what is accepted or closed needs its community no longer
        return (
            super()._get_in_force_domain()
            & Domain("date_accepted", "=", False)
            & Domain("date_closed", "=", False)
        )

    def _get_event_document(self):
        return self.contract_id

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.contract_id.manager_id | self.community_id._get_managers()

    @api.constrains("community_id", "contract_id")
    def _check_community(self):
        for row in self:
            if row.community_id not in row.contract_id.community_ids | row.contract_id.community_id:
                raise ValidationError(self.env._("%s: the community is not part of the contract.", row.name))

    def _check_sum(self):
        """Raise UserError unless the rows of one contract make up exactly its amount."""
        message = self._get_sum_message()
        if message:
            raise UserError(message)

    def _get_sum_message(self):
        """Return what keeps the rows of one contract from making up exactly its amount, or False."""
        contract = self.contract_id
        rows = self.filtered(lambda row: not row.is_prepayment)
        percents = round(sum(rows.mapped("percent")), 4)
        if percents and percents != 100 and all(row.percent for row in rows):
            return self._get_share_message(percents)
        total = sum(rows.mapped("amount"))
        if contract.currency_id.compare_amounts(total, contract.amount_total):
            return self.env._(
                "The payment rows add up to %(rows)s, the contract amount is %(total)s.",
                rows=format_money(contract, total),
                total=format_money(contract, contract.amount_total),
            )
        return False

    def _get_share_message(self, percents):
        return self.env._("The shares add up to %s %%, not to 100 %%.", f"{percents:.7g}")

    def _get_zero_messages(self):
        """Return a sentence for each row without an amount; in small repairs the orders fill them."""
        return [
            self.env._("%s: a payment row needs an amount.", row.name)
            for row in self
            if row.contract_id.kind != "repairs" and row.currency_id.is_zero(row.amount)
        ]

    # ---- documents --------------------------------------------------------------------------------------

    def _prepare_purchase_line_vals(self, common_vals=None):
        """Return the order line that commits this row: its quantity is the amount, its price 1.

        :param dict common_vals: what all lines of the contract share, where the caller has looked it up once
        """
        self.ensure_one()
        contract = self.contract_id
        analytic = self.community_id.analytic_account_id
        return {
            **(common_vals or contract._prepare_common_purchase_line_vals()),
            "name": f"{contract.name} {self.name}",
            "sequence": self.sequence,
            "product_qty": self.amount,
            "date_planned": datetime.combine(self.date_due or contract.date_end, time(12)),
            "analytic_distribution": {str(analytic.id): 100} if analytic else False,
            "outsourcing_milestone_id": self.id,
        }

    def _prepare_deliverable_vals(self, term):
        """Return the deliverable that ``term`` asks for with this row."""
        self.ensure_one()
        contract = self.contract_id
        date = self.date_end or self.date_due or contract.date_end
        return {
            "contract_id": contract.id,
            "milestone_id": self.id,
            "name": term.name,
            "date_due": date + relativedelta(days=term.due_days),
            "blocks_payment": term.blocks_payment,
            "remind_days": term.remind_days,
            "reviewer_id": contract._get_deliverable_reviewer(term, self.community_id).id,
            "term_id": term.id,
        }

    def _prepare_settlement_line(self):
        """Return the settlement line of what is accepted and not billed yet."""
        self.ensure_one()
        line = self.purchase_line_id
        return {
            "key": f"milestone:{self.id}:{self.amount_billed:.2f}",
            "kind": "milestone",
            "name": self._get_bill_label(),
            "quantity": self.amount_to_bill,
            "price_unit": 1.0,
            "tax_basis": "gross" if self.contract_id.tax_included else "net",
            "formula": False,
            "milestone_id": self.id,
            "purchase_line_id": line.id,
            "adjustment_id": False,
            "analytic_distribution": line.analytic_distribution,
        }

    def _get_deliverable_blockers(self):
        """Return the messages about deliverables that hold back the payment of these rows."""
        missing = self.deliverable_ids.filtered(lambda d: d.blocks_payment and d.state != "accepted")
        return [item._get_waiting_sentence() for item in missing]
