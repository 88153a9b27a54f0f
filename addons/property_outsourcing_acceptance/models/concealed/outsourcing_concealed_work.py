from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.tools import join_names

from ..milestone_document_mixin import OPEN_ROWS

STATES = [
    ("draft", "Draft"),
    ("notified", "Notified"),
    ("accepted", "Accepted"),
    ("covered", "Covered"),
    ("rejected", "Rejected"),
    ("unaccepted", "Covered without acceptance"),
]
PHASES_TO_ACCEPT = ("before", "during")
PHASES_TO_COVER = ("before", "during", "after")


class OutsourcingConcealedWork(models.Model):
    """Work nobody can see any more once it is covered: noticed, inspected, photographed, then covered."""

    _name = "outsourcing.concealed.work"
    _inherit = [
        "outsourcing.milestone.document.mixin",
        "outsourcing.placed.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Concealed work"
    _order = "planned_date desc, id desc"
    _rec_names_search = ["name", "title", "location"]
    _check_company_auto = True
    _sequence_code = "outsourcing.concealed.work"
    _portal_path = "concealed"

    title = fields.Char(
        string="Work", required=True, tracking=True, help="What will be covered, e.g. tile bedding."
    )
    milestone_id = fields.Many2one(
        tracking=False,
        domain=f"[('kind', '!=', 'period')] + {OPEN_ROWS}",
    )
    location_id = fields.Many2one(
        "outsourcing.location",
        string="Place",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('community_id', '=', community_id)]",
    )
    location = fields.Char(
        string="Part of the work", help="Axis, storey, area, e.g. building 3, east wall, 5th to 8th floor."
    )
    quantity = fields.Char(string="Extent", help="Area, length or number, with its unit.")
    work_kind_id = fields.Many2one(
        "outsourcing.work.kind",
        string="Kind of work",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_concealed', '=', True)]",
        help="Brings what the checklist asks of this kind before it is covered.",
    )
    requirement = fields.Text(
        compute="_compute_requirement",
        store=True,
        readonly=False,
        help="Drawing, standard or method statement it is checked against.",
    )
    finding = fields.Text(
        string="Self-check record", help="What the contractor measured and found before the notice."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index=True,
        tracking=True,
        default=lambda self: self.env.user if not self.env.user.share else False,
        domain=[("share", "=", False)],
    )
    planned_date = fields.Datetime(
        string="Planned inspection",
        copy=False,
        tracking=True,
        index=True,
        help="At least 48 h after the notice.",
    )
    planned_date_end = fields.Datetime(compute="_compute_planned_date_end", store=True)
    round = fields.Integer(default=0, readonly=True, copy=False)
    date_notice = fields.Datetime(string="Notice given on", readonly=True, copy=False)
    notified_by_id = fields.Many2one("res.users", string="Notice given by", readonly=True, copy=False)
    date_inspected = fields.Datetime(string="Inspected on", readonly=True, copy=False)
    date_rejected = fields.Datetime(
        string="Rejected on",
        readonly=True,
        copy=False,
        help="The repair is pictured: photos of the work under way taken before do not count any more.",
    )
    date_laid_open = fields.Datetime(
        string="Laid open on",
        readonly=True,
        copy=False,
        help="The work is laid anew: no photo taken before counts any more.",
    )
    date_covered = fields.Datetime(string="Covered on", readonly=True, copy=False)
    covered_by_id = fields.Many2one("res.users", string="Covering entered by", readonly=True, copy=False)
    is_deemed = fields.Boolean(string="Deemed accepted", readonly=True, copy=False, tracking=True)
    date_no_show = fields.Datetime(string="Nobody came", readonly=True, copy=False)
    date_reported = fields.Datetime(string="Found covered on", readonly=True, copy=False)
    reported_by_id = fields.Many2one("res.users", string="Found covered by", readonly=True, copy=False)
    decision = fields.Text(string="Reason of the decision", readonly=True, copy=False, tracking=True)
    stage_ids = fields.One2many("outsourcing.concealed.stage", "work_id", string="Signatures")
    current_stage_ids = fields.One2many(
        "outsourcing.concealed.stage", compute="_compute_current_stages", string="Signatures of this round"
    )
    waiting_for = fields.Char(compute="_compute_current_stages", string="Waiting for")
    before_evidence_ids = fields.Many2many("outsourcing.evidence", compute="_compute_photos", string="Before")
    during_evidence_ids = fields.Many2many("outsourcing.evidence", compute="_compute_photos", string="During")
    after_evidence_ids = fields.Many2many("outsourcing.evidence", compute="_compute_photos", string="After")
    missing_photos = fields.Char(compute="_compute_photos", string="Photos missing")
    is_late = fields.Boolean(string="Late", compute="_compute_is_late", search="_search_is_late")
    color = fields.Integer(compute="_compute_is_late")
    state = fields.Selection(
        STATES, required=True, copy=False, default="draft", tracking=True, index=True, group_expand=True
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "round", "date_notice", "notified_by_id", "date_inspected", "date_covered", "covered_by_id",
            "is_deemed", "date_no_show", "date_reported", "reported_by_id", "is_paper", "date_laid_open",
            "date_rejected", "decision",
        }  # fmt: skip

    @api.depends("work_kind_id", "milestone_id")
    def _compute_requirement(self):
        items = self.env["outsourcing.checklist.item"]
        for work in self:
            asked = work.work_kind_id and items.search(
                [
                    ("checklist_id.service_type_id", "=", work.service_type_id.id),
                    ("is_concealed", "=", True),
                    ("work_kind_ids", "in", work.work_kind_id.ids),
                ]
            )
            work.requirement = work.requirement or "\n".join(
                " – ".join(filter(None, (item.name, item.requirement))) for item in asked or ()
            )

    @api.depends("planned_date")
    def _compute_planned_date_end(self):
        for work in self:
            work.planned_date_end = work.planned_date and fields.Datetime.add(work.planned_date, hours=1)

    @api.depends("stage_ids.result", "round", "state")
    def _compute_current_stages(self):
        for work in self:
            work.current_stage_ids = work._get_stages()
            due = work.sudo()._get_due_stages()  # whose turn it is
            work.waiting_for = join_names(self.env, [stage._get_level_label() for stage in due]) or False

    @api.depends("evidence_ids.phase", "date_inspected", "date_rejected", "date_laid_open")
    @api.depends_context("lang")
    def _compute_photos(self):
        labels = dict(self.env["outsourcing.evidence"]._fields["phase"]._description_selection(self.env))
        for work in self:
            by_phase = work.evidence_ids.grouped("phase")
            empty = work.evidence_ids.browse()
            work.before_evidence_ids = by_phase.get("before", empty)
            work.during_evidence_ids = by_phase.get("during", empty)
            work.after_evidence_ids = by_phase.get("after", empty)
            present = work._get_photo_phases()
            missing = [labels[phase] for phase in PHASES_TO_COVER if phase not in present]
            work.missing_photos = join_names(self.env, missing) or False

    @api.depends("planned_date", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for work in self:
            work.is_late = bool(work.state == "notified" and work.planned_date and work.planned_date < now)
            work.color = 1 if work.is_late or work.state == "unaccepted" else 0

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "notified") & Domain("planned_date", "<", fields.Datetime.now())
        return late if True in value else ~late

    @api.depends("name", "title")
    def _compute_display_name(self):
        for work in self:
            work.display_name = " ".join(part for part in (work.name, work.title) if part)

    # ---- constraints and CRUD ---------------------------------------------------------------------------

    @api.constrains("milestone_id")
    def _check_no_period(self):
        if "period" in self.sudo().milestone_id.mapped("kind"):  # kind only
            raise ValidationError(self.env._("A month of service has no concealed works."))

    # ---- evidence and portal ----------------------------------------------------------------------------

    def _takes_evidence(self):
        return self.state in ("draft", "notified", "accepted", "rejected", "unaccepted")

    @api.model
    def _get_portal_domain(self):
        """Return the domain of the portal's list; the record rules do the rest."""
        return []

    @api.model
    def _portal_create(self, milestone, vals):
        """Open a concealed work as the contractor.

        :param milestone: the payment row, in the portal user's environment
        :param dict vals: any of ``title``, ``location``, ``quantity``, ``requirement``, ``finding``
        :return: the draft
        """
        milestone = milestone.with_env(self.env)
        milestone.check_access("read")
        firm = self.env.user.partner_id.commercial_partner_id
        if self.env.user._is_superuser() or milestone.sudo().contractor_id != firm:  # the party only
            raise AccessError(self.env._("Only the contractor of this document may take this step."))
        if not (vals.get("title") or "").strip():
            raise ValidationError(self.env._("Write which work will be covered."))
        allowed = ("title", "location", "quantity", "requirement", "finding")
        # sudo: the contractor of the row was checked above
        work = self.sudo().create(
            {
                **{key: vals[key].strip() for key in allowed if vals.get(key)},
                "milestone_id": milestone.id,
                "user_id": milestone._get_responsible_user().id,
            }
        )
        return work.with_user(self.env.user)

    def _get_earliest_inspection(self):
        """Return the earliest time an inspection may be planned for when the notice is given now."""
        self.ensure_one()
        hours = self.company_id._get_outsourcing_setting("outsourcing_concealed_notice_hours")
        return fields.Datetime.now() + timedelta(hours=hours)

    def action_open_sign(self):
        """Open the form to sign for the property side, or to enter what a party signed on paper."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign"),
            "res_model": "outsourcing.sign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_concealed_id": self.id},
        }
