from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import give_numbers
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

STATES = [
    ("draft", "Draft"),
    ("published", "Published"),
    ("opened", "Opening Held"),
    ("evaluating", "Being evaluated"),
    ("awarded", "Award Decided"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
STAFF = "base.group_user"


class OutsourcingTender(models.Model):
    """A contractor is sought: what for, by which way, until when, by which factors, on which terms."""

    _name = "outsourcing.tender"
    _description = "Tender"
    _inherit = [
        "outsourcing.signed.mixin",
        "outsourcing.file.owner.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_deadline desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "title"]

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    title = fields.Char(
        "Tender Title",
        required=True,
        compute="_compute_title",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id, ondelete="restrict"
    )
    service_type_id = fields.Many2one(
        "outsourcing.service.type", required=True, index=True, ondelete="restrict", tracking=True
    )
    kind = fields.Selection(related="service_type_id.kind", string="Kind of Contract", store=True)
    community_ids = fields.Many2many(
        "outsourcing.community",
        string="Communities",
        required=True,
        check_company=True,
        context={"active_test": False},
    )
    manager_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        tracking=True,
    )
    fund_source_id = fields.Many2one(
        "outsourcing.fund.source", "Source of Funds", index="btree_not_null", ondelete="restrict"
    )
    due_way_id = fields.Many2one(
        "outsourcing.tender.way",
        "Way by Amount",
        compute="_compute_due_way_id",
        help="What the thresholds ask for at this estimate and source of funds.",
    )
    way_id = fields.Many2one(
        "outsourcing.tender.way",
        "Way of Award",
        compute="_compute_way_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        required=True,
        ondelete="restrict",
        tracking=True,
    )
    way_kind = fields.Selection(related="way_id.kind", string="Kind of Way", store=True, index=True)
    has_panel = fields.Boolean("Decided by a Panel", compute="_compute_rules")
    needs_reason = fields.Boolean(compute="_compute_rules")
    needs_approval = fields.Boolean("Second Approval", compute="_compute_rules")
    reason = fields.Text(
        "Reason of the Way", tracking=True, groups=STAFF, help="Why this firm, or why not by a stricter way."
    )
    description = fields.Html("Scope and Requirements")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Papers for Bidders",
        copy=False,
        bypass_search_access=True,
        help="Drawings, lists, forms: every firm that may bid reads them; fixed with the publication.",
    )
    internal_note = fields.Html(groups=STAFF)

    date_published = fields.Datetime(readonly=True, copy=False)
    date_deadline = fields.Datetime(
        "Deadline", copy=False, index=True, tracking=True, help="By the clock of this server, to the second."
    )
    date_opening = fields.Datetime("Opening", copy=False, tracking=True)
    date_opened = fields.Datetime("Opened on", readonly=True, copy=False)
    date_prices_opened = fields.Datetime("Prices Opened on", readonly=True, copy=False)
    date_awarded = fields.Datetime("Awarded on", readonly=True, copy=False)
    date_publicity_end = fields.Date("Objections until", readonly=True, copy=False)
    bid_validity_days = fields.Integer("Bids Valid for (days)", default=90)
    show_ceiling = fields.Boolean("Ceiling Price Published", default=True)
    max_lots = fields.Integer(
        "Lots per Bidder", help="How many lots one bidder wins at most; 0: all of them."
    )
    invited_ids = fields.Many2many(
        "res.partner",
        "outsourcing_tender_invited_rel",
        string="Invited Firms",
        groups=STAFF,
        domain="[('outsourcing_state', '!=', False), ('parent_id', '=', False)]",
    )
    invitation_ids = fields.One2many(
        "outsourcing.tender.invitation", "tender_id", "Invitations", readonly=True, copy=False
    )
    lot_ids = fields.One2many("outsourcing.tender.lot", "tender_id", "Lots", copy=True)
    lot_count = fields.Integer("Number of Lots", compute="_compute_amounts", store=True)
    amount_estimate = fields.Monetary("Estimate", compute="_compute_estimate", store=True, groups=STAFF)
    amount_awarded = fields.Monetary("Awarded Amount", compute="_compute_amounts", store=True, groups=STAFF)
    criterion_ids = fields.One2many("outsourcing.tender.criterion", "tender_id", "Factors", copy=True)
    weight_total = fields.Float("Points in Total", compute="_compute_weight_total")
    panelist_ids = fields.One2many("outsourcing.tender.panelist", "tender_id", "Panel", groups=STAFF)
    panel_user_ids = fields.Many2many(
        "res.users",
        "outsourcing_tender_panel_rel",
        string="People of the Panel",
        compute="_compute_panel_user_ids",
        store=True,
        groups=STAFF,
    )

    requested_by_id = fields.Many2one("res.users", "Approval Requested by", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", "Published by", readonly=True, copy=False)
    opener_id = fields.Many2one("res.users", "First Opener", readonly=True, copy=False)
    second_opener_id = fields.Many2one("res.users", readonly=True, copy=False)
    awarded_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    end_reason = fields.Text("Reason of the End", readonly=True, copy=False, groups=STAFF)

    state = fields.Selection(
        STATES,
        required=True,
        copy=False,
        default="draft",
        tracking=True,
        index=True,
        group_expand="_group_expand_states",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "date_published", "date_opened", "date_prices_opened", "date_awarded", "date_publicity_end",
            "requested_by_id", "approved_by_id", "opener_id", "second_opener_id", "awarded_by_id",
            "end_reason", "invitation_ids",
        }  # fmt: skip

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "attachment_ids": Domain("state", "!=", "draft")}

    @api.model
    def _group_expand_states(self, states, domain):
        """Return the columns of the board in the order of life; ends show only when they hold something."""
        return [state for state, _label in STATES if state in states or state not in ("failed", "cancelled")]

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("community_ids", "service_type_id")
    def _compute_title(self):
        for tender in self:
            place, work = tender.community_ids[:1].name, tender.service_type_id.name
            tender.title = tender.title or (place and work and f"{place} {work}")

    @api.depends("company_id", "currency_id", "service_type_id", "fund_source_id", "lot_ids.estimate")
    def _compute_due_way_id(self):
        thresholds = self.env[
            "outsourcing.tender.threshold"
        ].sudo()  # rules of the house, readable to all staff
        thresholds = thresholds.search([("company_id", "in", [*self.company_id.ids, False])])
        for tender in self:
            tender.due_way_id = thresholds._find_way(
                tender.company_id,
                tender.service_type_id.kind,
                tender.fund_source_id,
                tender._get_worth(),
            )

    def _get_worth(self):
        """Return the estimate of all lots in the currency of the company, today."""
        self.ensure_one()
        worth, company = sum(self.lot_ids.mapped("estimate")), self.company_id
        if not company or self.currency_id in (company.currency_id, self.currency_id.browse()):
            return worth
        return self.currency_id._convert(worth, company.currency_id, company, trade_today(company))

    @api.depends("due_way_id")
    def _compute_way_id(self):
        for tender in self:
            if tender.state in (False, "draft") and (not tender.way_id or tender._is_way_untouched()):
                tender.way_id = tender.due_way_id or tender.way_id

    def _is_way_untouched(self):
        """Return whether nobody chose the way by hand: until it is saved the form follows the amount."""
        return not self._origin.id

    @api.depends("way_id", "due_way_id")
    def _compute_rules(self):
        for tender in self:
            way, due = tender.way_id, tender.due_way_id
            lighter = bool(way and due and way.sequence > due.sequence)
            tender.has_panel = bool(way.panel_size)
            tender.needs_reason = way.needs_reason or lighter
            tender.needs_approval = way.needs_approval or lighter

    @api.depends("lot_ids.estimate")
    def _compute_estimate(self):  # on its own: who types it must not keep the others from being computed
        for tender in self:
            tender.amount_estimate = sum(tender.lot_ids.mapped("estimate"))

    @api.depends("lot_ids.amount_awarded")
    def _compute_amounts(self):
        for tender in self:
            tender.lot_count = len(tender.lot_ids)
            tender.amount_awarded = sum(tender.lot_ids.mapped("amount_awarded"))

    @api.depends("criterion_ids.weight")
    def _compute_weight_total(self):
        for tender in self:
            tender.weight_total = round(sum(tender.criterion_ids.mapped("weight")), 2)

    @api.depends("panelist_ids.user_id")
    def _compute_panel_user_ids(self):
        for tender in self:
            tender.panel_user_ids = tender.panelist_ids.user_id

    @api.depends("name", "title")
    def _compute_display_name(self):
        for tender in self:
            tender.display_name = " ".join(part for part in (tender.name, tender.title) if part)

    def _compute_access_url(self):
        super()._compute_access_url()
        for tender in self:
            tender.access_url = f"/my/outsourcing/tenders/{tender.id}"

    # ---- rules ------------------------------------------------------------------------------------------

    @api.constrains("bid_validity_days", "max_lots")
    def _check_figures(self):
        for tender in self:
            if tender.bid_validity_days < 1 or tender.max_lots < 0:
                raise ValidationError(
                    self.env._("Bids are valid for at least one day, and lots cannot be negative.")
                )

    @api.constrains("date_deadline", "date_opening")
    def _check_timetable(self):
        for tender in self:
            if tender.date_deadline and tender.date_opening and tender.date_opening < tender.date_deadline:
                raise ValidationError(self.env._("Bids are not opened before their deadline."))

    @api.onchange("date_deadline")
    def _onchange_date_deadline(self):
        if self.date_deadline and (not self.date_opening or self.date_opening < self.date_deadline):
            self.date_opening = self.date_deadline

    @api.model_create_multi
    def create(self, vals_list):
        companies = self.env["res.company"]
        give_numbers(
            vals_list,
            self._name,
            lambda vals: companies.browse(vals["company_id"]) if vals.get("company_id") else self.env.company,
        )
        return super().create(vals_list)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates() | self.manager_id
        return users.union(*(community._get_managers() for community in self.community_ids))

    def _get_event_company(self):
        return self.company_id
