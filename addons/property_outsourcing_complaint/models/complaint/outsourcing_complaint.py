from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.catalogue.outsourcing_sla_mixin import PRIORITIES
from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import give_numbers

from ..catalogue.outsourcing_complaint_limit import KINDS

STATES = [
    ("new", "To Take up"),
    ("accepted", "Accepted"),
    ("dispatched", "Dispatched"),
    ("done", "Done, to be Confirmed"),
    ("returned", "Returned by the Resident"),
    ("confirmed", "Confirmed"),
    ("closed", "Closed"),
    ("rejected", "Not Taken up"),
    ("merged", "Merged"),
]
CHANNELS = [
    ("page", "Resident's Page"),
    ("phone", "Telephone"),
    ("counter", "Counter"),
    ("group", "WeChat Group"),
    ("hotline", "12345 Hotline"),
    ("staff", "Seen by Staff"),
]
OPEN_STATES = ("new", "accepted", "dispatched", "done", "returned")
TO_DO_STATES = ("new", "accepted", "dispatched", "returned")
ENDS = ("closed", "rejected", "merged")


class OutsourcingComplaint(models.Model):
    """What a resident reported, until the resident says that it is right."""

    _name = "outsourcing.complaint"
    _description = "Complaint"
    _inherit = [
        "outsourcing.workflow.mixin",
        "outsourcing.placed.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_received desc, id desc"
    _rec_names_search = ["name", "title"]
    _check_company_auto = True

    name = fields.Char("Number", default="/", readonly=True, copy=False, index="trigram")
    title = fields.Char(compute="_compute_title", store=True, precompute=True)
    kind = fields.Selection(KINDS, required=True, default="repair", index=True, tracking=True)
    channel = fields.Selection(CHANNELS, required=True, default="phone", copy=False)
    date_received = fields.Datetime(
        "Received",
        required=True,
        default=fields.Datetime.now,
        copy=False,
        help="When the resident said it; the time limits run from here.",
    )
    community_id = fields.Many2one(
        "outsourcing.community",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True, index=True, precompute=True)
    location_id = fields.Many2one(
        "outsourcing.location",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('community_id', '=?', community_id)]",
        compute="_compute_location_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    equipment_id = fields.Many2one(
        "maintenance.equipment",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('outsourcing_community_id', '=?', community_id)]",
    )
    problem_id = fields.Many2one(
        "outsourcing.complaint.problem", index="btree_not_null", ondelete="restrict", tracking=True
    )
    category_id = fields.Many2one(
        related="problem_id.category_id", string="Category", store=True, index="btree_not_null"
    )
    service_type_id = fields.Many2one(
        "outsourcing.service.type",
        "Service",
        compute="_compute_service_type_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    priority = fields.Selection(
        PRIORITIES,
        required=True,
        compute="_compute_priority",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    description = fields.Text("In the Resident's Words")
    wish = fields.Char("Wish for a Time", help="When somebody is at home, for example.")
    internal_note = fields.Text(copy=False, help="Residents and contractors never read it.")

    user_id = fields.Many2one(
        "res.users",
        "Dealt with by",
        index="btree_not_null",
        copy=False,
        domain="[('share', '=', False)]",
        tracking=True,
    )
    reporter_ids = fields.One2many("outsourcing.complaint.reporter", "complaint_id", "Reporters", copy=False)
    reporter_count = fields.Integer(
        "People",
        compute="_compute_reporter_count",
        compute_sudo=True,  # how many, not who
        help="Those of merged reports count as well.",
    )
    talk_ids = fields.One2many(
        "outsourcing.complaint.message", "complaint_id", "Messages with Residents", copy=False
    )
    merged_into_id = fields.Many2one(
        "outsourcing.complaint", "Merged into", readonly=True, copy=False, index="btree_not_null"
    )
    merged_ids = fields.One2many("outsourcing.complaint", "merged_into_id", "Merged Reports", readonly=True)
    split_from_id = fields.Many2one(
        "outsourcing.complaint", "Split from", readonly=True, copy=False, index="btree_not_null"
    )
    state = fields.Selection(
        STATES, required=True, default="new", copy=False, tracking=True, group_expand=True
    )

    _community_state_idx = models.Index("(community_id, state)")
    # what a contract counts is read of the index alone
    _contract_figures_idx = models.Index("(contract_id, company_id) WHERE contract_id IS NOT NULL")
    _received_idx = models.Index("(date_received DESC, id DESC)")

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("problem_id.name", "description")
    def _compute_title(self):
        for complaint in self:
            lines = (complaint.description or "").strip().splitlines()
            complaint.title = complaint.problem_id.name or (lines and lines[0][:80]) or False

    @api.depends("equipment_id", "location_id")
    def _compute_community_id(self):
        for complaint in self:
            complaint.community_id = (
                complaint.equipment_id.outsourcing_community_id
                or complaint.location_id.community_id
                or complaint.community_id
            )

    @api.depends("equipment_id")
    def _compute_location_id(self):
        for complaint in self:
            complaint.location_id = complaint.equipment_id.outsourcing_location_id or complaint.location_id

    @api.depends("equipment_id", "problem_id")
    def _compute_service_type_id(self):
        for complaint in self:
            complaint.service_type_id = (
                complaint.problem_id.service_type_id
                or complaint.equipment_id.outsourcing_service_type_id
                or complaint.service_type_id
            )

    @api.depends("problem_id")
    def _compute_priority(self):
        for complaint in self:
            complaint.priority = complaint.problem_id.priority or complaint.priority or "p2"

    @api.depends("reporter_ids", "merged_ids.reporter_ids")
    def _compute_reporter_count(self):
        reporters = self.env["outsourcing.complaint.reporter"]
        by_report = {}
        for name in ("complaint_id", "complaint_id.merged_into_id"):
            by_report |= dict(reporters._read_group([(name, "in", self.ids)], ["complaint_id"], ["__count"]))
        counts = Counter()
        for report, count in by_report.items():
            counts[report] += count
            counts[report.merged_into_id] += count
        for complaint in self:
            complaint.reporter_count = counts[complaint._origin]

    @api.depends("name", "title")
    def _compute_display_name(self):
        for complaint in self:
            number = self.env._("New") if complaint.name in ("/", False) else complaint.name
            complaint.display_name = f"{number} {complaint.title or ''}".strip()

    # ---- constraints and CRUD ---------------------------------------------------------------------------

    @api.constrains("problem_id", "description", "kind")
    def _check_told(self):
        if any(not (complaint.title or "").strip() for complaint in self):
            raise ValidationError(self.env._("Choose a problem, or write what was reported."))

    @api.constrains("date_received")
    def _check_received(self):
        latest = fields.Datetime.now() + timedelta(minutes=5)  # clocks of two servers differ
        if any(complaint.date_received > latest for complaint in self):
            raise ValidationError(self.env._("What was reported was received before now."))

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**vals, "name": "/"} for vals in vals_list]
        give_numbers(vals_list, self._name, self._get_company_of)
        complaints = super().create(vals_list)
        complaints._announce_new()
        return complaints

    @api.model
    def _get_company_of(self, vals):
        """Return the company whose numbers a complaint with these values takes."""
        default = self.env.context.get("default_community_id")
        community = self.env["outsourcing.community"].browse(vals.get("community_id") or default or ())
        location = self.env["outsourcing.location"].browse(vals.get("location_id") or ())
        equipment = self.env["maintenance.equipment"].browse(vals.get("equipment_id") or ())
        found = (
            community | location.sudo().community_id | equipment.sudo().outsourcing_community_id
        )  # whose numbers
        return found[:1].sudo().company_id or self.env.company  # whose numbers

    # ---- people -----------------------------------------------------------------------------------------

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.user_id | self.community_id.supervisor_ids | self.community_id._get_managers()

    def _get_family(self):
        """Return the complaints whose reporters are told of ``self``: itself and what was merged into it."""
        return self | self.merged_ids

    def action_view_reporters(self):
        """Open everybody who reported it, those of merged reports as well."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_complaint.outsourcing_complaint_reporter_action"
        )
        domain = [("complaint_id", "in", self._get_family().ids)]
        return {**action, "domain": domain, "context": {"default_complaint_id": self.id}}
