from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from ..cycles import get_visit_cycle, iter_occurrences

ACTIVITY_WITHOUT_TARGET = "property_outsourcing_site.activity_type_plan_without_target"


class OutsourcingInspectionPlan(models.Model):
    """How a plan becomes inspections: of what, up to which day; who is told that nothing is left."""

    _inherit = "outsourcing.inspection.plan"

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
