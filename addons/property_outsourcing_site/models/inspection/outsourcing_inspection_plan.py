from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today


class OutsourcingInspectionPlan(models.Model):
    _name = "outsourcing.inspection.plan"
    _inherit = [
        "outsourcing.guard.mixin",
        "outsourcing.plan.mixin",
        "outsourcing.batch.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Inspection plan"
    _order = "contract_id, kind, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    contract_id = fields.Many2one(
        "outsourcing.contract", required=True, index=True, ondelete="restrict", tracking=True
    )
    contract_state = fields.Selection(related="contract_id.state", string="Contract state")
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    community_id = fields.Many2one(
        "outsourcing.community",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        required=True,
        index=True,
        precompute=True,
        check_company=True,
    )
    party_partner_id = fields.Many2one(
        "res.partner",
        string="Party",
        compute="_compute_party_partner_id",
        store=True,
        readonly=False,
        index=True,
        precompute=True,
        domain=[("is_company", "=", True)],
        help="The firm whose people fill in the record. Name the third-party body of spot checks here.",
    )
    kind = fields.Selection(tracking=True)
    party = fields.Selection(tracking=True)
    checklist_id = fields.Many2one(tracking=True)
    frequency = fields.Selection(tracking=True)
    grace_days = fields.Integer(tracking=True)
    target_kind = fields.Selection(
        [("community", "The whole community"), ("listed", "Listed equipment and places")],
        string="What is visited",
        compute="_compute_target_kind",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
        help="A list that becomes empty, because all of it is archived, pauses the plan; it never turns into "
        "a visit of everything.",
    )
    is_without_target = fields.Boolean(
        string="Nothing to visit", compute="_compute_is_without_target", search="_search_is_without_target"
    )
    equipment_ids = fields.Many2many(
        "maintenance.equipment",
        "outsourcing_inspection_plan_equipment_rel",
        "plan_id",
        "equipment_id",
        context={"active_test": False},
    )
    location_ids = fields.Many2many(
        "outsourcing.location",
        "outsourcing_inspection_plan_location_rel",
        "plan_id",
        "location_id",
        string="Locations",
        context={"active_test": False},
    )
    date_start = fields.Date(
        compute="_compute_dates", store=True, readonly=False, required=True, precompute=True, tracking=True
    )
    date_end = fields.Date(
        compute="_compute_dates", store=True, readonly=False, precompute=True, tracking=True
    )
    date_generated = fields.Date(string="Generated until", readonly=True, copy=False)
    active = fields.Boolean(default=True, tracking=True)
    inspection_ids = fields.One2many("outsourcing.inspection", "plan_id", string="Inspections")
    inspection_count = fields.Integer(compute="_compute_inspection_count", string="Inspection count")

    _dates_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)", "A plan cannot end before it starts."
    )

    @api.depends("kind", "frequency", "checklist_id.name")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        frequencies = dict(self._fields["frequency"]._description_selection(self.env))
        for plan in self:
            parts = (frequencies.get(plan.frequency), kinds.get(plan.kind), plan.checklist_id.name)
            plan.name = " · ".join(part for part in parts if part)

    @api.depends("equipment_ids", "location_ids")
    def _compute_target_kind(self):
        for plan in self:
            if plan.equipment_ids or plan.location_ids:
                plan.target_kind = "listed"
            else:
                plan.target_kind = plan.target_kind or "community"

    @api.onchange("target_kind")
    def _onchange_target_kind(self):
        if self.target_kind == "community":
            self.equipment_ids = self.location_ids = False

    @api.depends("target_kind", "equipment_ids.active", "location_ids.active")
    def _compute_is_without_target(self):
        for plan in self:
            plan.is_without_target = not plan._get_targets()

    def _search_is_without_target(self, operator, value):
        if operator != "in":
            return NotImplemented
        there = [("active", "=", True)]
        return (
            Domain("target_kind", "=", "listed")
            & Domain("equipment_ids", "not any", there)
            & Domain("location_ids", "not any", there)
        )

    @api.depends("contract_id")
    def _compute_community_id(self):
        for plan in self:
            if plan.community_id not in plan.contract_id.community_ids:
                plan.community_id = plan.contract_id.community_id

    @api.depends("party", "contract_id")
    def _compute_party_partner_id(self):
        for plan in self:
            plan.party_partner_id = plan.contract_id._get_inspection_party(plan.party, plan.party_partner_id)

    @api.depends("contract_id")
    def _compute_dates(self):
        for plan in self:
            plan.date_start = plan.date_start or plan.contract_id.date_start
            plan.date_end = plan.date_end or plan.contract_id.date_end

    def _compute_inspection_count(self):
        counts = dict(
            self.env["outsourcing.inspection"]._read_group(
                [("plan_id", "in", self.ids)], ["plan_id"], ["__count"]
            )
        )
        for plan in self:
            plan.inspection_count = counts.get(plan._origin, 0)

    @api.constrains("community_id", "contract_id", "equipment_ids", "location_ids")
    def _check_community(self):
        for plan in self:
            plan.contract_id._check_site_community(plan.community_id)
            strangers = plan.equipment_ids.outsourcing_community_id | plan.location_ids.community_id
            if strangers - plan.community_id:
                raise ValidationError(
                    self.env._("Equipment and locations of a plan belong to %s.", plan.community_id.name)
                )

    def write(self, vals):
        result = super().write(vals)
        if self._get_rhythm_fields() & set(vals):
            self._reset_future()
        return result

    @api.model
    def _get_rhythm_fields(self):
        """Return the fields whose change makes the inspections planned for later obsolete."""
        return {
            "active",
            "checklist_id",
            "community_id",
            "date_end",
            "date_start",
            "early_days",
            "equipment_ids",
            "frequency",
            "grace_days",
            "kind",
            "location_ids",
            "party",
            "party_partner_id",
            "target_kind",
            "window_days",
        }

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.contract_id.manager_id | self.community_id._get_managers()

    def action_view_inspections(self):
        """Open the inspections of this plan."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "property_outsourcing_site.outsourcing_inspection_action"
        )
        return {**action, "domain": [("plan_id", "in", self.ids)], "context": {}}

    def action_generate(self):
        """Create the inspections that fall due within the company's horizon now instead of tonight."""
        self.check_access("write")
        today = trade_today(self)
        for company, plans in self.grouped("company_id").items():
            plans._process_generation(today + timedelta(days=company.outsourcing_inspection_horizon_days))
