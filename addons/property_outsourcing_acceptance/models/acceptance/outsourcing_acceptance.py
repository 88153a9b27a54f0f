from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

STATES = [
    ("draft", "Draft"),
    ("self_check", "Self-check"),
    ("property_check", "Property check"),
    ("third_party_check", "Third-party check"),
    ("to_confirm", "Waiting for confirmation"),
    ("disputed", "Under objection"),
    ("rework", "Rework"),
    ("accepted", "Accepted"),
    ("rejected", "Rejected"),
]
RUNNING = ("self_check", "property_check", "third_party_check", "to_confirm", "disputed", "rework")


class OutsourcingAcceptance(models.Model):
    """A milestone checked level by level, or a month of service scored."""

    _name = "outsourcing.acceptance"
    _inherit = [
        "outsourcing.milestone.document.mixin",
        "outsourcing.file.owner.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Acceptance"
    _order = "date_period desc, id desc"
    _rec_names_search = ["name", "milestone_id.name", "contract_id.name", "contract_id.title"]
    _check_company_auto = True
    _sequence_code = "outsourcing.acceptance"
    _portal_path = "acceptances"

    title = fields.Char(string="Object", compute="_compute_title")
    method = fields.Selection(
        [("levels", "Levels"), ("score", "Monthly score")],
        compute="_compute_method",
        store=True,
        precompute=True,
        index=True,
    )
    milestone_kind = fields.Selection(related="milestone_id.kind", string="Kind of payment row")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index=True,
        tracking=True,
        default=lambda self: self.env.user if not self.env.user.share else False,
        domain=[("share", "=", False)],
    )
    date_period = fields.Date(
        string="Period end or due date",
        compute="_compute_date_period",
        store=True,
        precompute=True,
        index=True,
    )
    date_planned = fields.Datetime(
        string="Planned acceptance", copy=False, tracking=True, help="When the parties meet on site."
    )
    date_planned_end = fields.Datetime(compute="_compute_date_planned_end", store=True)
    date_submitted = fields.Datetime(string="Applied for on", readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", string="Applied for by", readonly=True, copy=False)
    date_deadline = fields.Date(
        string="Step due",
        readonly=True,
        copy=False,
        index=True,
        help="By when the party whose turn it is must act.",
    )
    is_late = fields.Boolean(string="Late", compute="_compute_is_late", search="_search_is_late")
    date_accepted = fields.Date(string="Accepted on", readonly=True, copy=False, tracking=True)
    note = fields.Html(string="Remarks")
    decision = fields.Text(
        string="Reason of the decision",
        readonly=True,
        copy=False,
        tracking=True,
        help="Why it is rejected, withdrawn or decided against an objection.",
    )

    # levels
    template_id = fields.Many2one(
        "outsourcing.acceptance.template",
        string="Template of levels",
        compute="_compute_template",
        store=True,
        precompute=True,
        ondelete="restrict",
        help="Follows from the kind of contract, the nature of the work and the amount.",
    )
    requires_third_party = fields.Boolean(
        string="Third-party level", compute="_compute_template", store=True, precompute=True
    )
    requires_witness = fields.Boolean(
        string="Owners' witness", compute="_compute_template", store=True, precompute=True, index=True
    )
    round = fields.Integer(default=0, readonly=True, copy=False, help="How often it was put forward.")
    stage_ids = fields.One2many(
        "outsourcing.acceptance.stage", "acceptance_id", string="Levels and signatures"
    )
    current_stage_ids = fields.One2many(
        "outsourcing.acceptance.stage", compute="_compute_current_stages", string="Levels of this round"
    )
    waiting_for = fields.Char(compute="_compute_current_stages", string="Waiting for")
    is_concession = fields.Boolean(string="Accepted by concession", readonly=True, copy=False, tracking=True)
    concession_note = fields.Text(string="Terms of the concession", readonly=True, copy=False)
    witness_invited = fields.Datetime(string="Witness invited on", readonly=True, copy=False)
    witness_deadline = fields.Date(string="Witness may sign until", readonly=True, copy=False)
    date_witness_no_show = fields.Date(string="Witness did not come", readonly=True, copy=False)
    representative_ids = fields.Many2many(
        related="community_id.representative_ids", string="Owners' representatives"
    )

    # what the contractor says to a score
    confirm_deadline = fields.Date(string="Contractor may object until", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", string="Confirmed by", readonly=True, copy=False)
    confirm_signer_name = fields.Char(
        string="Signed on paper by",
        readonly=True,
        copy=False,
        help="Who signed the sheet for the contractor.",
    )
    confirm_entered_by_id = fields.Many2one(
        "res.users", string="Signed sheet entered by", readonly=True, copy=False
    )
    date_confirmed = fields.Datetime(string="Confirmed on", readonly=True, copy=False)
    is_deemed = fields.Boolean(
        string="Deemed confirmed", readonly=True, copy=False, help="The contractor did not answer in time."
    )
    dispute_reason = fields.Text(string="Contractor's objection", readonly=True, copy=False)
    dispute_file_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_acceptance_dispute_file_rel",
        "acceptance_id",
        "attachment_id",
        "Files to the objection",
        readonly=True,
        copy=False,
        bypass_search_access=True,
    )
    date_disputed = fields.Datetime(string="Objected on", readonly=True, copy=False)
    fact_count = fields.Integer(
        string="Facts of the period", compute="_compute_fact_count", groups="base.group_user"
    )

    concealed_ids = fields.Many2many(
        "outsourcing.concealed.work", compute="_compute_concealed", string="Concealed works"
    )
    concealed_count = fields.Integer(compute="_compute_concealed", string="Number of concealed works")
    blockers = fields.Text(string="Stands in the way", compute="_compute_blockers", groups="base.group_user")
    color = fields.Integer(compute="_compute_is_late")
    state = fields.Selection(
        STATES,
        required=True,
        copy=False,
        default="draft",
        tracking=True,
        index=True,
        group_expand="_group_expand_states",
    )

    _one_running = models.UniqueIndex(
        "(milestone_id) WHERE state NOT IN ('accepted', 'rejected')",
        "This payment row already has an acceptance under way.",
    )
    _one_sheet = models.UniqueIndex(
        "(milestone_id) WHERE method = 'score' AND state != 'rejected'",
        "This period already has its score sheet.",
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "amount_property", "has_amount_property", "round", "date_submitted", "submitted_by_id",
            "date_deadline", "date_accepted", "is_concession", "concession_note", "witness_invited",
            "witness_deadline", "date_witness_no_show", "score_template_id", "scored_by_id", "date_scored",
            "confirm_deadline", "confirmed_by_id", "date_confirmed", "is_deemed", "dispute_reason",
            "dispute_file_ids",
            "date_disputed", "is_paper", "decision", "confirm_signer_name", "confirm_entered_by_id",
        }  # fmt: skip

    @api.depends("milestone_id.name", "contract_id.title")
    def _compute_title(self):
        for acceptance in self:
            parts = (acceptance.sudo().contract_id.title, acceptance.sudo().milestone_id.name)  # names only
            acceptance.title = " ".join(part for part in parts if part)

    @api.depends("milestone_id.kind")
    def _compute_method(self):
        for acceptance in self:
            acceptance.method = "score" if acceptance.milestone_id.kind == "period" else "levels"

    @api.depends("milestone_id.date_end", "milestone_id.date_due")
    def _compute_date_period(self):
        for acceptance in self:
            acceptance.date_period = acceptance.milestone_id.date_end or acceptance.milestone_id.date_due

    @api.depends("date_planned")
    def _compute_date_planned_end(self):
        for acceptance in self:
            acceptance.date_planned_end = acceptance.date_planned and fields.Datetime.add(
                acceptance.date_planned, hours=2
            )

    @api.depends("date_deadline", "state")
    def _compute_is_late(self):
        today = trade_today(self)
        for acceptance in self:
            running = acceptance.state in RUNNING and acceptance.date_deadline
            acceptance.is_late = bool(running and acceptance.date_deadline < today)
            acceptance.color = 1 if acceptance.is_late else 0

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = trade_today(self)
        late = Domain("state", "in", RUNNING) & Domain("date_deadline", "<", today)
        return late if True in value else ~late

    @api.depends("milestone_id")
    def _compute_template(self):
        for acceptance in self:
            row = acceptance.milestone_id
            template = self.env["outsourcing.acceptance.template"]
            if row and row.kind != "period":
                template = template._choose(row.contract_id.kind, row.nature, row.amount)
            acceptance.template_id = template
            levels = bool(template)
            acceptance.requires_third_party = levels and (
                template.has_third_party_check or row.requires_third_party
            )
            acceptance.requires_witness = levels and (template.requires_witness or row.requires_witness)

    @api.depends("stage_ids.result", "round", "state", "third_party_id")
    def _compute_current_stages(self):
        for acceptance in self:
            acceptance.current_stage_ids = acceptance.stage_ids.filtered(
                lambda stage, number=acceptance.round: stage.round == number
            ).sorted("sequence")
            acceptance.waiting_for = acceptance._get_waiting_for()

    def _compute_fact_count(self):
        rows = self.env["outsourcing.fact"]._read_group(
            [("milestone_id", "in", self.milestone_id.ids)], ["milestone_id"], ["__count"]
        )
        counts = dict(rows)
        for acceptance in self:
            acceptance.fact_count = counts.get(acceptance.milestone_id, 0)

    def _compute_concealed(self):
        works = self.env["outsourcing.concealed.work"].search([("milestone_id", "in", self.milestone_id.ids)])
        by_row = works.grouped("milestone_id")
        for acceptance in self:
            acceptance.concealed_ids = by_row.get(acceptance.milestone_id, works.browse())
            acceptance.concealed_count = len(acceptance.concealed_ids)

    @api.depends("line_ids.result", "state", "third_party_id")
    def _compute_blockers(self):
        for acceptance in self:
            running = acceptance.state not in ("draft", "accepted", "rejected", "self_check")
            acceptance.blockers = "\n".join(acceptance._get_blockers()) if running else False

    @api.depends("name", "milestone_id.name")
    def _compute_display_name(self):
        for acceptance in self:
            row = acceptance.sudo().milestone_id  # name only
            acceptance.display_name = " ".join(part for part in (acceptance.name, row.name) if part)

    @api.model
    def _group_expand_states(self, states, domain):
        # a board of scores has no columns for checks, and the other way round
        scores = any(condition.value == "score" for condition in Domain(domain).iter_conditions())
        of_levels = ("self_check", "property_check", "third_party_check", "rework")
        hidden = {*(of_levels if scores else ("to_confirm", "disputed"))}
        for condition in Domain(domain).iter_conditions():
            if condition.field_expr == "state" and condition.operator == "not in":
                hidden.update(condition.value)  # a board of what is under way has no column for the rest
        return [state for state, _label in STATES if state not in hidden or state in states]

    # ---- evidence and portal ----------------------------------------------------------------------------

    def _takes_evidence(self):
        return self.state not in ("accepted", "rejected")

    @api.model
    def _get_portal_domain(self):
        """Return the domain of the portal's list; the record rules do the rest."""
        return []
