from odoo import api, fields, models

from ...tools import CLOSED_STATES
from ..catalogue.outsourcing_service_type import KINDS
from ..workflow.trade_time import trade_today

STATES = [
    ("draft", "Draft"),
    ("to_approve", "To approve"),
    ("active", "Running"),
    ("suspended", "Performance Suspended"),
    ("completed", "Completed"),
    ("closed", "Closed"),
    ("terminated", "Terminated"),
    ("cancelled", "Cancelled"),
]


class OutsourcingContract(models.Model):
    """The promise: scope, time limits, clauses, payment rows. Everything else refers to it."""

    _name = "outsourcing.contract"
    _description = "Outsourcing Contract"
    _inherit = [
        "outsourcing.signed.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "outsourcing.evidence.mixin",
    ]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "title", "contractor_id.name"]

    name = fields.Char(
        "Number",
        copy=False,
        index="trigram",
        tracking=True,
        help="Drawn with the last approval: drafts that are refused use up none. A file number of your own "
        "can be entered in the draft.",
    )
    title = fields.Char(
        "Contract Title",
        compute="_compute_title",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    kind = fields.Selection(
        KINDS,
        "Kind of Contract",
        compute="_compute_kind",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
    )
    service_type_id = fields.Many2one("outsourcing.service.type", required=True, index=True, tracking=True)
    contractor_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        tracking=True,
        ondelete="restrict",
        domain="[('outsourcing_is_choosable', '=', True), ('parent_id', '=', False)]",
    )
    contractor_manager_id = fields.Many2one(
        "res.partner",
        "Contractor's Manager",
        domain="[('parent_id', '=', contractor_id), ('is_company', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id, ondelete="restrict"
    )
    community_id = fields.Many2one(
        "outsourcing.community",
        "Main Community",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    community_ids = fields.Many2many(
        "outsourcing.community",
        string="Communities",
        compute="_compute_community_ids",
        store=True,
        readonly=False,
        check_company=True,
        # an archived community is still served; and without it whoever belongs to some communities only
        # could not even count the others, as their archiving would be read in his own rights
        context={"active_test": False},
    )
    area_id = fields.Many2one(related="community_id.area_id", store=True, index="btree_not_null")
    manager_id = fields.Many2one(
        "res.users",
        "Project Manager",
        tracking=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    work_content = fields.Html()
    internal_note = fields.Html(groups="base.group_user")

    date_signed = fields.Date(copy=False)
    date_start = fields.Date(required=True, default=trade_today, tracking=True)
    date_end = fields.Date(required=True, tracking=True)
    date_approved = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    end_reason = fields.Text("Reason of Termination", copy=False, tracking=True)

    amount_total = fields.Monetary("Contract Amount", tracking=True)
    tax_included = fields.Boolean(default=True, help="Whether the amounts of this contract include VAT.")
    tax_rate = fields.Float(
        "VAT (%)", compute="_compute_presets", store=True, readonly=False, precompute=True, tracking=True
    )
    period_amount = fields.Monetary("Amount per Period")
    period_months = fields.Integer("Months per Period", default=1)
    retention_rate = fields.Float(
        "Retention (%)",
        compute="_compute_presets",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    retention_months = fields.Integer(
        "Defect Liability (months)", compute="_compute_presets", store=True, readonly=False, precompute=True
    )
    warranty_months = fields.Integer(
        "Warranty (months)", compute="_compute_presets", store=True, readonly=False, precompute=True
    )
    penalty_cap = fields.Monetary("Cap on all Penalties", help="0 means no cap beyond the clauses' own.")
    penalty_cap_rate = fields.Float(
        "Cap on all Penalties (%)",
        compute="_compute_presets",
        store=True,
        readonly=False,
        precompute=True,
        help="Share of the contract amount that all penalties together can cost; an amount beside it holds "
        "as well. 0 means no such cap.",
    )
    period_penalty_cap_rate = fields.Float(
        "Cap on Penalties of a Period (%)",
        compute="_compute_presets",
        store=True,
        readonly=False,
        precompute=True,
        help="Share of the fee of one settlement period that all penalties of it together can cost. 0 means "
        "no such cap.",
    )
    payment_term_id = fields.Many2one("account.payment.term", check_company=True)

    appeal_days = fields.Integer(default=5, help="Days the contractor has to appeal a confirmed deduction.")
    answer_days = fields.Integer(default=7, help="Days to answer an appeal before it counts as granted.")
    consent_days = fields.Integer(
        default=3, help="Days the contractor has to confirm a monthly score before it counts as confirmed."
    )

    milestone_ids = fields.One2many(
        "outsourcing.contract.milestone", "contract_id", "Payment Rows", copy=True
    )
    item_ids = fields.One2many("outsourcing.contract.item", "contract_id", "Items", copy=True)
    sla_ids = fields.One2many("outsourcing.contract.sla", "contract_id", "SLA Terms", copy=True)
    standard_ids = fields.One2many(
        "outsourcing.contract.standard", "contract_id", "Quality Standards", copy=True
    )
    deliverable_ids = fields.One2many("outsourcing.contract.deliverable", "contract_id", "Deliverables")
    required_document_type_ids = fields.Many2many(
        "outsourcing.document.type", string="Required Documents", context={"active_test": False}
    )
    document_ids = fields.One2many("outsourcing.document", "contract_id", "Documents")
    purchase_order_id = fields.Many2one("purchase.order", readonly=True, copy=False, index="btree_not_null")
    project_id = fields.Many2one("project.project", readonly=True, copy=False, index="btree_not_null")

    state = fields.Selection(
        STATES,
        required=True,
        copy=False,
        default="draft",
        tracking=True,
        index=True,
        group_expand="_group_expand_states",
    )

    document_count = fields.Integer(compute="_compute_counters")
    amount_rows = fields.Monetary("Sum of Rows", compute="_compute_amount_rows", store=True)
    amount_accepted = fields.Monetary("Accepted", compute="_compute_amount_rows", store=True)
    amount_billed = fields.Monetary("Billed", compute="_compute_amount_rows", store=True)
    time_progress = fields.Integer("Time Elapsed (%)", compute="_compute_time_progress")
    accepted_progress = fields.Integer("Accepted (%)", compute="_compute_progress", store=True)
    billed_progress = fields.Integer("Billed (%)", compute="_compute_progress", store=True)

    _name_company_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name != '/'", "Another contract of the company has this number."
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_end >= date_start)", "A contract cannot end before it starts."
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.model
    def _group_expand_states(self, states, domain):
        """Return the columns of the board in the order of life; ends show only when they hold something."""
        return [state for state, _label in STATES if state in states or state not in CLOSED_STATES]

    @api.depends("community_id", "service_type_id")
    def _compute_title(self):
        for contract in self:
            place, work = contract.community_id.name, contract.service_type_id.name
            contract.title = contract.title or (place and work and f"{place} {work}")

    @api.depends("service_type_id")
    def _compute_kind(self):
        for contract in self:
            contract.kind = contract.service_type_id.kind or contract.kind or "service"

    @api.depends("service_type_id")
    def _compute_presets(self):
        for contract in self:
            contract.update(contract._get_preset_figures())

    @api.depends("community_id")
    def _compute_community_ids(self):
        for contract in self:
            contract.community_ids |= contract.community_id

    @api.depends(
        "milestone_ids.amount",
        "milestone_ids.amount_accepted",
        "milestone_ids.amount_billed",
        "milestone_ids.is_prepayment",
    )
    def _compute_amount_rows(self):
        for contract in self:
            rows = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)
            contract.amount_rows = sum(rows.mapped("amount"))
            contract.amount_accepted = sum(rows.mapped("amount_accepted"))
            contract.amount_billed = sum(rows.mapped("amount_billed"))

    @api.depends("date_start", "date_end")
    def _compute_time_progress(self):
        today = trade_today(self)
        for contract in self:
            days = (contract.date_end - contract.date_start).days + 1 if contract.date_end else 0
            elapsed = (today - contract.date_start).days + 1 if contract.date_start else 0
            contract.time_progress = max(0, min(100, round(100 * elapsed / days))) if days > 0 else 0

    @api.depends("amount_rows", "amount_accepted", "amount_billed")
    def _compute_progress(self):
        for contract in self:
            total = contract.amount_rows
            contract.accepted_progress = round(100 * contract.amount_accepted / total) if total else 0
            contract.billed_progress = round(100 * contract.amount_billed / total) if total else 0

    @api.depends("name", "title")
    def _compute_display_name(self):
        for contract in self:
            contract.display_name = " ".join(part for part in (contract.name, contract.title) if part)

    def _compute_access_url(self):
        super()._compute_access_url()
        for contract in self:
            contract.access_url = f"/my/outsourcing/contracts/{contract.id}"
