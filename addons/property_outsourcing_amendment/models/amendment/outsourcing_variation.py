from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("checked", "Checked"),
    ("approved", "Approved"),
    ("rejected", "Rejected"),
    ("amended", "In an amendment"),
]


class OutsourcingVariation(models.Model):
    """Work outside the drawings, recorded the day it happens and signed by both sides."""

    _name = "outsourcing.variation"
    _description = "Site Variation or Design Change"
    _inherit = ["outsourcing.change.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _portal_path = "variations"
    _counter_field = "variation_last_number"
    _amount_field = "amount_total"
    _limit_field = "outsourcing_variation_second_amount"
    _states_of_approval = ("checked", "approved")

    title = fields.Char("Subject")
    kind = fields.Selection(
        [("site", "Site variation"), ("design", "Design change")], required=True, default="site", index=True
    )
    contract_id = fields.Many2one(domain="[('kind', '=', 'works'), ('state', 'in', ('active', 'suspended'))]")
    community_id = fields.Many2one(
        "outsourcing.community",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
        ondelete="restrict",
        domain="[('id', 'in', allowed_community_ids)]",
    )
    allowed_community_ids = fields.Many2many(related="contract_id.community_ids", string="Communities served")
    location_id = fields.Many2one(
        "outsourcing.location",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('community_id', '=', community_id)]",
    )
    place = fields.Char(help="Where exactly, e.g. east facade, floors 4 to 6.")
    date = fields.Date("Day of Occurrence", required=True, default=trade_today, index=True, tracking=True)
    reason = fields.Text(help="What was found or ordered, by whom, and why it is not in the contract.")
    is_paper = fields.Boolean(
        "Recorded from Paper",
        help="Entered by our staff from the contractor's signed sheet; the scan is on file.",
    )
    line_ids = fields.One2many("outsourcing.variation.line", "variation_id", "Quantities", copy=True)
    amount_total = fields.Monetary("Amount", compute="_compute_amount_total", store=True, tracking=True)
    has_new_price = fields.Boolean("New Prices", compute="_compute_amount_total", store=True)
    new_price_agreed_by_id = fields.Many2one("res.users", "New Prices agreed by", readonly=True, copy=False)

    is_late = fields.Boolean(
        "Recorded Late", readonly=True, copy=False, help="Not recorded on the day it happened."
    )
    late_reason = fields.Text("Reason of the Late Record", copy=False)
    late_allowed_by_id = fields.Many2one("res.users", "Late Record allowed by", readonly=True, copy=False)

    date_answer_due = fields.Date("Answer due on", readonly=True, copy=False, index=True)
    date_escalated = fields.Date("Escalated on", readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", "Quantities checked by", readonly=True, copy=False)
    date_checked = fields.Datetime("Checked on", readonly=True, copy=False)
    is_deemed = fields.Boolean(
        "Accepted by Lapse of Time", readonly=True, copy=False, help="Nobody answered by the deadline."
    )
    answer = fields.Text("Opinion of the Property Company", copy=False)
    # one link: a variation is in one amendment at most
    amendment_id = fields.Many2one(
        "outsourcing.contract.amendment",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    amendment_line_id = fields.Many2one(
        "outsourcing.contract.amendment.line",
        "Change in the Amendment",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone",
        "Paid by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Row that pays it where the contract ended before an amendment could take it up.",
    )
    is_overdue = fields.Boolean("Answer overdue", compute="_compute_is_overdue", search="_search_is_overdue")
    state = fields.Selection(STATES, required=True, copy=False, default="draft", tracking=True, index=True)

    _number_uniq = models.UniqueIndex(
        "(contract_id, number) WHERE number > 0", "Another variation of the contract has this number."
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("contract_id")
    def _compute_community_id(self):
        for variation in self:
            contract = variation.contract_id
            if contract and variation.community_id not in contract.community_ids:
                variation.community_id = contract.community_id

    @api.depends("line_ids.amount", "line_ids.item_id")
    def _compute_amount_total(self):
        for variation in self:
            lines = variation.line_ids
            total = sum(lines.mapped("amount"))
            variation.amount_total = variation.currency_id.round(total) if variation.currency_id else total
            variation.has_new_price = any(not line.item_id for line in lines)

    @api.depends("state", "date_answer_due")
    def _compute_is_overdue(self):
        today = trade_today(self)
        for variation in self:
            variation.is_overdue = bool(
                variation.state in ("submitted", "checked")
                and variation.date_answer_due
                and variation.date_answer_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = trade_today(self)
        overdue = fields.Domain("state", "in", ("submitted", "checked")) & fields.Domain(
            "date_answer_due", "<", today
        )
        return overdue if True in value else ~overdue

    # ---- constraints ------------------------------------------------------------------------------------

    @api.constrains("contract_id", "community_id")
    def _check_contract(self):
        for variation in self:
            contract = variation.contract_id.sudo()  # kind, state and communities only
            if contract.kind != "works":
                raise ValidationError(self.env._("Only a works contract has site variations."))
            if blocker := contract._get_change_blocker():
                raise ValidationError(blocker)
            if variation.community_id not in contract.community_ids | contract.community_id:
                raise ValidationError(
                    self.env._(
                        "%(community)s is not a community of the contract %(contract)s.",
                        community=variation.community_id.name,
                        contract=contract.display_name,
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        today = trade_today(self)
        for variation in self:
            if variation.date > today:
                raise ValidationError(
                    self.env._("A variation cannot be recorded for a day that has not come yet.")
                )

    @api.constrains("location_id", "community_id")
    def _check_location(self):
        for variation in self.sudo():  # compares ids only
            if variation.location_id and variation.location_id.community_id != variation.community_id:
                raise ValidationError(
                    self.env._("%s is not a place of the community.", variation.location_id.name)
                )

    # ---- CRUD -------------------------------------------------------------------------------------------

    def _prepare_number(self, number):
        contract = self.contract_id.name
        if self.kind == "design":
            return self.env._("%(contract)s-D%(number)s", contract=contract, number=number)
        return self.env._("%(contract)s-V%(number)s", contract=contract, number=number)

    # ---- evidence ---------------------------------------------------------------------------------------

    def _get_evidence_vals(self):
        return {**super()._get_evidence_vals(), "community_id": self.community_id.id}

    def _takes_evidence(self):
        return super()._takes_evidence() and self.state == "draft"

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_view_amendment(self):
        """Open the amendment that takes this variation up."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.contract.amendment",
            "res_id": self.amendment_id.id,
            "view_mode": "form",
        }

    def action_print(self):
        """Print the variation as both sides sign it."""
        return self.env.ref("property_outsourcing_amendment.report_variation").report_action(self)

    def action_add_evidence(self):
        """Open the dialogue that adds photos and drawings."""
        return self._get_upload_action("evidence", self.env._("Add photos"), phase="before")
