from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from ..cycles import get_visit_cycle, iter_occurrences

ACTIVITY_WITHOUT_TARGET = "property_outsourcing_site.activity_type_plan_without_target"


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

    # ---- generation -------------------------------------------------------------------------------------

    def _reset_future(self):
        """Drop what is planned after today, so that the next run plans it by the present rhythm."""
        today = trade_today(self)
        # sudo: nobody may delete inspections by hand; only untouched ones of the future go
        future = (
            self.env["outsourcing.inspection"]
            .sudo()
            .search([("plan_id", "in", self.ids), ("state", "=", "planned"), ("date_planned", ">", today)])
        )
        future.unlink()
        self.sudo().date_generated = today  # of what was planned just now

    @api.model
    def _get_derived_fields(self):
        return super()._get_derived_fields() | {"date_generated"}  # the schedule says how far it has come

    def _process_generation(self, until, date_from=None):
        """Create the planned inspections of ``self`` up to ``until``; the number of queries does not grow.

        :param until: last planned date to create
        :param date_from: first planned date; by default the day after the last run, today for a new plan
        :return: the inspections created
        """
        today = trade_today(self)
        # sudo: a schedule, or a step that has checked its actor
        plans = self.sudo().filtered(lambda plan: plan.active and plan.contract_state == "active")
        plans._tell_without_target()
        existing = plans._get_existing_keys()
        vals_list = []
        for plan in plans:
            start = date_from or (plan.date_generated + timedelta(days=1) if plan.date_generated else today)
            vals_list += plan._prepare_inspection_vals_list(start, until, existing[plan.id])
        plans.filtered(lambda plan: not plan.date_generated or plan.date_generated < until).write(
            {"date_generated": until}
        )
        # the chatter of a record made by a schedule says nothing anybody would read
        inspections = (
            self.env["outsourcing.inspection"]
            .sudo()
            .with_context(tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True)
        )
        return inspections.create(vals_list).with_env(self.env)

    def _get_existing_keys(self):
        keys = defaultdict(set)
        rows = self.env["outsourcing.inspection"]._read_group(
            [("plan_id", "in", self.ids)], ["plan_id", "date_planned:day", "equipment_id", "location_id"]
        )
        for plan, date, equipment, location in rows:
            keys[plan.id].add((date, equipment.id, location.id))
        return keys

    def _prepare_inspection_vals_list(self, date_from, until, existing):
        """Return the values of the inspections still missing between the two dates."""
        self.ensure_one()
        if self.date_end:
            until = min(until, self.date_end)
        vals_list = []
        for number, date in iter_occurrences(self.date_start, self.frequency, date_from, until):
            for equipment_id, location_id in self._get_targets():
                if (date, equipment_id, location_id) not in existing:
                    vals_list.append(self._prepare_inspection_vals(number, date, equipment_id, location_id))
        return vals_list

    def _get_targets(self):
        """Return the pairs (equipment id, location id) one visit covers; each gets a record of its own.

        Empty where all that is listed is archived: nothing is visited then.
        """
        self.ensure_one()
        if self.target_kind != "listed":
            return [(False, False)]
        targets = [
            (equipment.id, equipment.outsourcing_location_id.id)
            for equipment in self.equipment_ids.filtered("active")
        ]
        return targets + [(False, location.id) for location in self.location_ids.filtered("active")]

    def _prepare_inspection_vals(self, number, date, equipment_id, location_id):
        self.ensure_one()
        cycle = (
            get_visit_cycle(self.frequency, number)
            if self.checklist_id.cumulative
            else self.checklist_id.cycle
        )
        return {
            "plan_id": self.id,
            "contract_id": self.contract_id.id,
            "community_id": self.community_id.id,
            "kind": self.kind,
            "party": self.party,
            "party_partner_id": self.party_partner_id.id,
            "checklist_id": self.checklist_id.id,
            "cycle": cycle,
            "equipment_id": equipment_id,
            "location_id": location_id,
            "date_planned": date,
            "date_due": date + timedelta(days=self.window_days),
        }

    def _tell_without_target(self):
        """Tell the supervisors of plans (in sudo) with nothing left to visit; others need no telling more."""
        paused = self.filtered("is_without_target")
        (self - paused).activity_unlink([ACTIVITY_WITHOUT_TARGET])
        paused._schedule_events(
            ACTIVITY_WITHOUT_TARGET,
            {
                plan: {
                    "summary": self.env._("Nothing left to visit: the plan pauses"),
                    "note": self.env._(
                        "All equipment and places of %s are archived. Name others, or end the plan.",
                        plan.display_name,
                    ),
                    "users": plan.community_id.supervisor_ids[:1],
                }
                for plan in paused
            },
        )

    @api.model
    def _get_generation_domain(self, companies, until):
        return Domain(
            [
                ("company_id", "in", companies.ids),
                ("contract_id.state", "=", "active"),
                ("date_start", "<=", until),
            ]
        ) & (Domain("date_generated", "=", False) | Domain("date_generated", "<", until))

    @api.model
    def _cron_generate_inspections(self):
        """Create the inspections of the coming days from the plans of all running contracts."""
        today = trade_today(self)
        horizons = self.env["res.company"].search([]).grouped("outsourcing_inspection_horizon_days")
        for days, companies in horizons.items():
            until = today + timedelta(days=days)
            plans = self.search(self._get_generation_domain(companies, until))
            if not plans._run_in_batches("_process_generation", until, size=50):
                return
