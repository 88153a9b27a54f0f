from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import join_names

from ..cycles import CYCLES, KINDS, PARTIES


class OutsourcingInspection(models.Model):
    """One visit of one piece of equipment or place, by the items that were valid that day."""

    _name = "outsourcing.inspection"
    _inherit = [
        "outsourcing.site.document.mixin",
        "outsourcing.placed.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Inspection"
    _order = "date_planned desc, id desc"
    _rec_names_search = ["name", "equipment_id.name", "community_id.name"]
    _check_company_auto = True
    _sequence_code = "outsourcing.inspection"
    _portal_path = "inspections"
    _upload_modes = ("evidence", "paper")

    plan_id = fields.Many2one("outsourcing.inspection.plan", index=True, ondelete="restrict", readonly=True)
    kind = fields.Selection(KINDS, required=True, default="property_check", tracking=True, index=True)
    party = fields.Selection(
        PARTIES,
        string="Performed by",
        compute="_compute_party",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    party_partner_id = fields.Many2one(
        "res.partner",
        string="Party",
        compute="_compute_party_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
        domain=[("is_company", "=", True)],
        help="The firm whose people fill in the record.",
    )
    checklist_id = fields.Many2one(
        "outsourcing.checklist", required=True, index=True, ondelete="restrict", tracking=True
    )
    cycle = fields.Selection(
        CYCLES, compute="_compute_cycle", store=True, readonly=False, required=True, precompute=True
    )
    equipment_id = fields.Many2one(
        "maintenance.equipment",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('outsourcing_community_id', '=', community_id)]",
    )
    location_id = fields.Many2one(
        "outsourcing.location",
        compute="_compute_location_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('community_id', '=', community_id)]",
    )
    date_planned = fields.Date(
        string="Planned on", required=True, default=trade_today, index=True, tracking=True
    )
    date_due = fields.Date(
        string="Due on",
        compute="_compute_date_due",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    date_started = fields.Datetime(string="Started on", readonly=True, copy=False)
    date_done = fields.Datetime(string="Submitted on", readonly=True, copy=False, index=True)
    performer_id = fields.Many2one(
        "res.partner",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="['|', ('id', '=', party_partner_id), ('parent_id', '=', party_partner_id)]",
        help="The named person who did the work; who was logged in is recorded separately.",
    )
    started_by_id = fields.Many2one("res.users", string="Started by", readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.users", string="Submitted by", readonly=True, copy=False, index=True
    )
    line_ids = fields.One2many("outsourcing.inspection.line", "inspection_id", string="Items", copy=False)
    line_count = fields.Integer(string="Number of items", compute="_compute_results", store=True)
    answered_count = fields.Integer(string="Answered", compute="_compute_results", store=True)
    failed_count = fields.Integer(string="Failed items", compute="_compute_results", store=True)
    result = fields.Selection(
        [("pass", "Pass"), ("fail", "Fail")],
        compute="_compute_results",
        store=True,
        index=True,
        tracking=True,
    )
    note = fields.Text(string="Remarks", copy=False)
    defect_ids = fields.One2many("outsourcing.defect", "inspection_id", string="Defects")
    defect_count = fields.Integer(compute="_compute_defect_count", string="Defect count")
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("in_progress", "In progress"),
            ("done", "Done"),
            ("missed", "Missed"),
        ],
        required=True,
        default="planned",
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )

    # what a contract counts is read of the index alone
    _contract_figures_idx = models.Index("(contract_id, company_id, state)")
    # who is a third-party body is asked on every page of the portal; its checks are few among all
    _third_party_idx = models.Index("(party_partner_id) WHERE party = 'third_party'")
    _plan_visit_uniq = models.UniqueIndex(
        "(plan_id, date_planned, COALESCE(equipment_id, 0), COALESCE(location_id, 0)) "
        "WHERE plan_id IS NOT NULL",
        "This visit of the plan exists already.",
    )
    _dates_order = models.Constraint(
        "CHECK (date_due >= date_planned)", "An inspection cannot be due before it is planned."
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("kind")
    def _compute_party(self):
        by_kind = {"property_check": "property", "spot_check": "third_party"}
        for inspection in self:
            inspection.party = by_kind.get(inspection.kind, "contractor")

    @api.depends("party", "contract_id")
    def _compute_party_partner_id(self):
        for inspection in self:
            inspection.party_partner_id = inspection.contract_id._get_inspection_party(
                inspection.party, inspection.party_partner_id
            )

    @api.depends("checklist_id")
    def _compute_cycle(self):
        for inspection in self:
            inspection.cycle = inspection.checklist_id.cycle or "none"

    @api.depends("equipment_id")
    def _compute_location_id(self):
        for inspection in self:
            inspection.location_id = inspection.equipment_id.outsourcing_location_id or inspection.location_id

    @api.depends("date_planned")
    def _compute_date_due(self):
        for inspection in self:
            if not inspection.date_due or inspection.date_due < inspection.date_planned:
                inspection.date_due = inspection.date_planned

    @api.depends("line_ids.result", "state")
    def _compute_results(self):
        for inspection in self:
            results = inspection.line_ids.mapped("result")
            inspection.line_count = len(results)
            inspection.answered_count = len([result for result in results if result])
            inspection.failed_count = results.count("fail")
            done = inspection.state == "done"
            inspection.result = done and ("fail" if inspection.failed_count else "pass")

    def _compute_defect_count(self):
        counts = dict(
            self.env["outsourcing.defect"]._read_group(
                [("inspection_id", "in", self.ids)], ["inspection_id"], ["__count"]
            )
        )
        for inspection in self:
            inspection.defect_count = counts.get(inspection._origin, 0)

    @api.depends("state", "date_due", "is_late_born")
    def _compute_is_overdue(self):
        today = trade_today(self)
        for inspection in self:
            open_ = inspection.state in ("planned", "in_progress") and not inspection.is_late_born
            inspection.is_overdue = open_ and inspection.date_due < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = trade_today(self)
        overdue = (
            Domain("state", "in", ("planned", "in_progress"))
            & Domain("date_due", "<", today)
            & Domain("is_late_born", "=", False)
        )
        return overdue if True in value else ~overdue

    @api.depends("name", "equipment_id.name", "location_id.name")
    def _compute_display_name(self):
        for inspection in self:
            # sudo: the number and the name of the object are on the sheet everybody involved holds
            target = inspection.sudo().equipment_id.name or inspection.sudo().location_id.name
            inspection.display_name = (
                f"{inspection._get_number()} {target}" if target else inspection._get_number()
            )

    # ---- actions ----------------------------------------------------------------------------------------

    def action_view_defects(self):
        """Open the defects this inspection found."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "property_outsourcing_site.outsourcing_defect_action"
        )
        return self._open_single({**action, "domain": [("inspection_id", "=", self.id)], "context": {}})

    # ---- helpers ----------------------------------------------------------------------------------------

    def _get_print_conclusion(self):
        """Return what the sheet says below its items; "" until there is a result."""
        self.ensure_one()
        if not self.result:
            return ""
        values = {
            "result": dict(self._fields["result"]._description_selection(self.env))[self.result],
            "count": self.line_count,
            "failed": self.failed_count,
        }
        if not self.defect_ids:
            return self.env._("%(result)s (%(count)s items, %(failed)s failed)", **values)
        return self.env._(
            "%(result)s (%(count)s items, %(failed)s failed; rectification notice %(defects)s)",
            defects=join_names(self.env, self.defect_ids.mapped("name")),
            **values,
        )

    def _get_earliest_start(self):
        """Return the first day on which it may be opened: nobody writes tomorrow's inspection today."""
        self.ensure_one()
        return self.date_planned - timedelta(days=self.sudo().plan_id.early_days)  # a setting of the plan

    def _takes_evidence(self):
        return self.state == "in_progress"

    def _get_evidence_firms(self):
        return super()._get_evidence_firms() | self.party_partner_id
