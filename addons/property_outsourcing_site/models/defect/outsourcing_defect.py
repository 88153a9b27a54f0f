from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from ..cycles import PARTIES


class OutsourcingDefect(models.Model):
    """What is wrong on site, until a supervisor has seen it right."""

    _name = "outsourcing.defect"
    _inherit = [
        "outsourcing.site.document.mixin",
        "outsourcing.placed.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Defect"
    _order = "date_deadline, id desc"
    _rec_names_search = ["name", "description", "equipment_id.name"]
    _check_company_auto = True
    _sequence_code = "outsourcing.defect"
    _portal_path = "defects"
    _upload_modes = ("evidence", "rectify")

    title = fields.Char(compute="_compute_title")
    description = fields.Text(required=True)
    severity = fields.Selection(
        [("minor", "Minor"), ("major", "Major"), ("critical", "Critical")],
        required=True,
        default="minor",
        tracking=True,
        index=True,
    )
    found_by = fields.Selection(
        [*PARTIES, ("owners", "Owners' representative")],
        required=True,
        default="property",
        string="Found by",
        tracking=True,
    )
    date_found = fields.Date(string="Found on", required=True, default=trade_today, copy=False)
    date_deadline = fields.Date(
        string="Deadline",
        compute="_compute_date_deadline",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
        tracking=True,
    )
    days_left = fields.Integer(compute="_compute_days_left", string="Days left")
    deadline_text = fields.Char(compute="_compute_deadline_text", string="Time left")
    is_overdue = fields.Boolean(compute="_compute_days_left", search="_search_is_overdue", string="Overdue")
    equipment_id = fields.Many2one(
        "maintenance.equipment",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('outsourcing_community_id', '=', community_id)]",
    )
    location_id = fields.Many2one(
        "outsourcing.location",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('community_id', '=', community_id)]",
    )
    inspection_line_id = fields.Many2one(
        "outsourcing.inspection.line",
        string="Failed item",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
    )
    inspection_id = fields.Many2one(
        related="inspection_line_id.inspection_id", store=True, index="btree_not_null", string="Inspection"
    )
    clause_id = fields.Many2one(
        "outsourcing.standard.clause",
        string="Clause violated",
        compute="_compute_clause_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Clause of a regulation or standard; follows from the checklist item that failed.",
    )
    measure = fields.Text(
        string="Requirement", help="What has to be done, as the rectification notice orders it."
    )
    task_id = fields.Many2one(
        "project.task",
        string="Work order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    date_assigned = fields.Datetime(string="Assigned on", readonly=True, copy=False)
    assigned_by_id = fields.Many2one("res.users", string="Assigned by", readonly=True, copy=False)
    date_overdue = fields.Date(
        string="Overdue since",
        readonly=True,
        copy=False,
        help="The deadline passed without a rectification. How many days it came late is counted when it "
        "arrives.",
    )
    rectification_note = fields.Text(string="What was done", copy=False)
    date_rectified = fields.Datetime(string="Rectified on", readonly=True, copy=False)
    rectified_by_id = fields.Many2one("res.users", string="Rectified by", readonly=True, copy=False)
    performer_id = fields.Many2one(
        "res.partner",
        copy=False,
        index="btree_not_null",
        domain="['|', ('id', '=', contractor_id), ('parent_id', '=', contractor_id)]",
    )
    date_closed = fields.Datetime(string="Closed on", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", string="Closed by", readonly=True, copy=False)
    closing_note = fields.Text(
        string="Closing remark", copy=False, help="Needed when a defect is dropped without being rectified."
    )
    reopen_count = fields.Integer(string="Times reopened", readonly=True, copy=False)
    photo_evidence_id = fields.Many2one("outsourcing.evidence", compute="_compute_photos", string="Photo")
    before_evidence_ids = fields.Many2many(
        "outsourcing.evidence", compute="_compute_photos", string="Photos before", readonly=True
    )
    after_evidence_ids = fields.Many2many(
        "outsourcing.evidence", compute="_compute_photos", string="Photos after", readonly=True
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("assigned", "Assigned"),
            ("rectified", "Rectified"),
            ("closed", "Closed"),
        ],
        required=True,
        default="open",
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("description")
    def _compute_title(self):
        for defect in self:
            lines = (defect.description or "").strip().splitlines()
            defect.title = lines[0] if lines else ""

    @api.depends("severity", "company_id", "date_found")
    def _compute_date_deadline(self):
        for defect in self:
            if defect.company_id and defect.severity and defect.date_found:
                defect.date_deadline = defect.company_id._get_outsourcing_defect_deadline(
                    defect.severity, defect.date_found
                )
            else:
                defect.date_deadline = defect.date_deadline or trade_today(defect)

    @api.depends("inspection_line_id")
    def _compute_clause_id(self):
        for defect in self:
            defect.clause_id = defect.inspection_line_id.clause_id or defect.clause_id

    @api.depends("date_deadline", "state")
    def _compute_days_left(self):
        today = trade_today(self)
        for defect in self:
            running = defect.state in ("open", "assigned") and defect.date_deadline
            defect.days_left = (defect.date_deadline - today).days if running else 0
            defect.is_overdue = bool(running and defect.date_deadline < today)

    @api.depends("days_left", "state")
    @api.depends_context("lang")
    def _compute_deadline_text(self):
        for defect in self:
            days = defect.days_left
            if defect.state not in ("open", "assigned"):
                defect.deadline_text = False
            elif days < 0:
                defect.deadline_text = self.env._("%s days late", -days)
            elif days:
                defect.deadline_text = self.env._("%s days left", days)
            else:
                defect.deadline_text = self.env._("Due today")

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = trade_today(self)
        overdue = Domain("state", "in", ("open", "assigned")) & Domain("date_deadline", "<", today)
        return overdue if True in value else ~overdue

    @api.depends("evidence_ids", "inspection_line_id.evidence_ids")
    def _compute_photos(self):
        for defect in self:
            after = defect.evidence_ids.filtered(lambda evidence: evidence.phase == "after")
            before = defect.evidence_ids - after | defect.inspection_line_id.evidence_ids
            defect.before_evidence_ids = before
            defect.after_evidence_ids = after
            images = (after[-1:] or before).filtered(lambda e: (e.mimetype or "").startswith("image/"))
            defect.photo_evidence_id = images[-1:]

    @api.depends("name", "description")
    def _compute_display_name(self):
        for defect in self:
            defect.display_name = f"{defect._get_number()} {defect.title}".strip()

    # ---- constraints ------------------------------------------------------------------------------------

    @api.constrains("date_deadline", "date_found")
    def _check_deadline(self):
        for defect in self:
            if defect.date_deadline < defect.date_found:
                raise ValidationError(
                    self.env._("%s: the deadline lies before the day it was found.", defect.name)
                )

    # ---- helpers ----------------------------------------------------------------------------------------

    def _takes_evidence(self):
        return self.state in ("open", "assigned")

    def _get_new_deadline(self):
        """Return the deadline of a defect that is given back: the set days from today."""
        self.ensure_one()
        return self.company_id._get_outsourcing_defect_deadline(self.severity, trade_today(self))
