from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .amendment_plan import AmendmentPlan

STATES = [
    ("draft", "Draft"),
    ("to_approve", "To approve"),
    ("to_sign", "Waits for the contractor"),
    ("signed", "Signed, not effective yet"),
    ("active", "Effective"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("to_approve", "to_sign", "signed")


class OutsourcingContractAmendment(models.Model):
    """The only way a running contract changes: what, old, new, why, and by whom it was agreed."""

    _name = "outsourcing.contract.amendment"
    _description = "Contract Amendment"
    _inherit = ["outsourcing.change.mixin"]
    _order = "date_effective desc, id desc"
    _check_company_auto = True
    _portal_path = "amendments"
    _counter_field = "amendment_last_number"
    _amount_field = "amount_delta"
    _limit_field = "outsourcing_amendment_second_amount"
    _states_of_approval = ("to_approve", "to_sign")

    contract_kind = fields.Selection(related="contract_id.kind", string="Kind of Contract")
    community_id = fields.Many2one(related="contract_id.community_id", store=True, index=True)
    user_id = fields.Many2one(help="Who drew the amendment up; another person approves it.")
    reason = fields.Text(tracking=True)
    note = fields.Html("Further Clauses")
    date_effective = fields.Date(
        "Effective from",
        required=True,
        default=trade_today,
        tracking=True,
        index=True,
        help="Signed before that day, the amendment takes effect on it by itself.",
    )
    line_ids = fields.One2many("outsourcing.contract.amendment.line", "amendment_id", "Changes", copy=True)
    effect_ids = fields.One2many(
        "outsourcing.contract.amendment.effect", "amendment_id", "Effect on Payment Rows"
    )
    variation_ids = fields.One2many("outsourcing.variation", "amendment_id", "Site Variations", readonly=True)
    variation_count = fields.Integer(compute="_compute_variation_count")

    amount_delta = fields.Monetary(
        "Change of Amount", compute="_compute_amount_delta", store=True, tracking=True
    )
    amount_before = fields.Monetary("Contract Amount before", readonly=True, copy=False)
    amount_after = fields.Monetary("Contract Amount after", readonly=True, copy=False)
    date_end_before = fields.Date("End before", readonly=True, copy=False)
    date_end_after = fields.Date("End after", readonly=True, copy=False)

    return_note = fields.Text("Reason of the Return", copy=False)

    date_sign_due = fields.Date("Signature due on", readonly=True, copy=False, index=True)
    date_reminded = fields.Date("Reminded on", readonly=True, copy=False)
    date_signed = fields.Datetime("Signed on", readonly=True, copy=False)
    signed_by_id = fields.Many2one("res.users", "Signature Entered by", readonly=True, copy=False)
    date_activated = fields.Datetime("Took Effect on", readonly=True, copy=False)
    state = fields.Selection(STATES, required=True, copy=False, default="draft", tracking=True, index=True)

    _number_uniq = models.UniqueIndex(
        "(contract_id, number) WHERE number > 0", "Another amendment of the contract has this number."
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends(
        "contract_id",
        "date_effective",
        "line_ids.kind",
        "line_ids.milestone_id",
        "line_ids.community_id",
        "line_ids.equipment_ids",
        "line_ids.amount",
        "line_ids.date",
    )
    def _compute_amount_delta(self):
        for amendment in self:
            plan = AmendmentPlan(amendment)
            amendment.amount_delta = plan.amount_after - plan.amount_before

    @api.depends("variation_ids")
    def _compute_variation_count(self):
        for amendment in self:
            amendment.variation_count = len(amendment.variation_ids)

    # ---- constraints ------------------------------------------------------------------------------------

    @api.constrains("date_effective", "contract_id")
    def _check_date_effective(self):
        for amendment in self:
            contract = amendment.contract_id.sudo()  # the term only
            if not contract.date_start <= amendment.date_effective <= contract.date_end:
                raise ValidationError(
                    self.env._(
                        "An amendment takes effect within the term of the contract, %(start)s – %(end)s.",
                        start=contract.date_start,
                        end=contract.date_end,
                    )
                )

    @api.constrains("contract_id")
    def _check_contract_open(self):
        for amendment in self:
            blocker = amendment.contract_id.sudo()._get_change_blocker()  # the state only
            if blocker:
                raise ValidationError(blocker)

    # ---- CRUD -------------------------------------------------------------------------------------------

    def _prepare_number(self, number):
        return self.env._("%(contract)s-S%(number)s", contract=self.contract_id.name, number=number)

    @api.ondelete(at_uninstall=True)
    def _unlink_release_variations(self):
        self._release_variations()

    # ---- helpers ----------------------------------------------------------------------------------------

    def _get_plan(self):
        """Return what this amendment makes of the contract's payment rows and dates."""
        self.ensure_one()
        return AmendmentPlan(self)

    def _get_overlapping(self):
        """Return (amendment, label) of another open amendment that changes the same thing, or None."""
        self.ensure_one()
        domain = Domain("contract_id", "=", self.contract_id.id) & Domain("state", "in", OPEN_STATES)
        others = self.sudo().search(domain & Domain("id", "!=", self.id), order="id")  # names only
        mine = self.line_ids._get_subjects()
        rows = self.effect_ids.milestone_id
        for other in others:
            shared = [label for key, label in other.line_ids._get_subjects().items() if key in mine]
            shared += (rows & other.effect_ids.milestone_id)[:1].mapped("name")
            if shared:
                return other, shared[0]
        return None

    def _check_no_overlap(self):
        """Raise UserError if another open amendment of the contract changes the same row, field or period."""
        for amendment in self:
            if found := amendment._get_overlapping():
                other, label = found
                raise UserError(
                    self.env._(
                        "%(other)s is still open and changes the same: %(what)s. Finish or cancel it first.",
                        other=other.display_name,
                        what=label,
                    )
                )

    # ---- evidence ---------------------------------------------------------------------------------------

    # evidence names no community: owners' representatives do not read contract amounts
    def _takes_evidence(self):
        return super()._takes_evidence() and self.state in ("draft", "to_approve", "to_sign")

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_view_contract(self):
        """Open the contract."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.contract",
            "res_id": self.contract_id.id,
            "view_mode": "form",
        }

    def action_view_variations(self):
        """Open the site variations this amendment takes up."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_amendment.outsourcing_variation_action"
        )
        return {**action, "domain": [("amendment_id", "in", self.ids)], "context": {}}

    def action_print(self):
        """Print the amendment as both parties sign it."""
        return self.env.ref("property_outsourcing_amendment.report_contract_amendment").report_action(self)
