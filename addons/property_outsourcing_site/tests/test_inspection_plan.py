from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestInspectionPlan(SiteCommon):
    def test_activation_copies_the_presets(self):
        plans = self.contract.inspection_plan_ids
        self.assertEqual(
            sorted(plans.mapped(lambda plan: (plan.kind, plan.party, plan.frequency))),
            [
                ("maintenance", "contractor", "half_month"),
                ("patrol", "contractor", "daily"),
                ("property_check", "property", "weekly"),
                ("spot_check", "third_party", "quarter"),
            ],
        )
        self.assertEqual(plans.equipment_ids, self.elevator)

    def test_loading_presets_twice_adds_nothing(self):
        self.contract.with_user(self.user_manager).action_load_inspection_plans()
        self.assertEqual(len(self.contract.inspection_plan_ids), 4)

    def test_year_of_visits_rotates_the_cycles(self):
        plan = self.contract.inspection_plan_ids.filtered(lambda p: p.kind == "maintenance")
        visits = plan._process_generation(date(2026, 12, 31), date(2026, 1, 1)).sorted("date_planned")
        self.assertEqual(len(visits), 25)
        self.assertEqual(
            [visits[n - 1].cycle for n in (1, 6, 12, 18, 24, 25)],
            ["half_month", "quarter", "half_year", "quarter", "year", "half_month"],
        )

    def test_generation_is_repeatable(self):
        plan = self._create_plan()
        until = self.today + timedelta(days=5)
        self.assertEqual(len(plan._process_generation(until)), 6)
        self.assertFalse(plan._process_generation(until))
        self.assertFalse(plan._process_generation(until, date_from=self.today))

    def test_each_elevator_gets_its_own_record(self):
        plan = self._create_plan(equipment_ids=self._create_equipment(3).ids)
        visits = plan._process_generation(self.today)
        self.assertEqual(len(visits), 3)
        self.assertEqual(len(set(visits.mapped("name"))), 3)
        self.assertEqual(visits.location_id, self.building)

    def test_changed_rhythm_replans_the_future(self):
        plan = self._create_plan()
        plan._process_generation(self.today + timedelta(days=10))
        plan.with_user(self.user_manager).write({"frequency": "weekly"})
        self.assertEqual(plan.inspection_ids.mapped("date_planned"), [self.today])

    def test_nobody_says_what_was_planned_already(self):
        plan = self._create_plan()
        plan._process_generation(self.today + timedelta(days=10))
        with self.assertRaisesRegex(UserError, "written by the system alone: Generated until"):
            plan.with_user(self.user_manager).date_generated = self.today + timedelta(days=300)
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            plan.inspection_ids[0].with_user(self.user_supervisor).plan_id = False

    def test_a_planned_visit_is_what_its_plan_says(self):
        plan = self._create_plan()
        plan._process_generation(self.today + timedelta(days=10))
        visit = plan.inspection_ids[0].with_user(self.user_manager)
        other = self.env["outsourcing.checklist"].search([("id", "!=", visit.checklist_id.id)], limit=1)
        for vals in ({"kind": "spot_check"}, {"checklist_id": other.id}, {"party": "third_party"}):
            with self.assertRaisesRegex(UserError, "is Planned.*can no longer be changed"):
                visit.write(vals)

    def test_a_later_day_after_the_last_one_is_granted_by_a_manager(self):
        visit = self._create_inspection(date_planned=self.today, date_due=self.today)
        later = {"date_due": self.today + timedelta(days=9)}
        with freeze_time(self.today + timedelta(days=2)):
            with self.assertRaisesRegex(AccessError, "not the person who may take this step"):
                visit.with_user(self.user_supervisor).write(later)
            visit.with_user(self.user_manager).write(later)
        self.assertEqual(visit.date_due, later["date_due"])

    def test_suspension_plans_nothing_and_is_not_made_up_for(self):
        plan = self._create_plan(date_start=self.today - timedelta(days=20))
        plan._process_generation(self.today + timedelta(days=3))
        contract = self.contract.with_user(self.user_manager)
        contract._suspend("Site closed")
        self.assertEqual(plan.inspection_ids.mapped("date_planned"), [self.today])
        self.assertFalse(plan._process_generation(self.today + timedelta(days=9)))
        contract.action_resume()
        visits = plan._process_generation(self.today + timedelta(days=2))
        self.assertEqual(min(visits.mapped("date_planned")), self.today + timedelta(days=1))

    def test_two_missed_daily_inspections_cost_one_deduction_of_600(self):
        with freeze_time("2026-11-10 04:00:00"):
            visits = self._create_plan()._process_generation(date(2026, 11, 11), date(2026, 11, 10))
        self.assertEqual(len(visits), 2)
        missed = self.env["outsourcing.inspection"]._get_missed(date(2026, 11, 22))
        self.assertEqual(missed, visits.sorted("date_due"))
        missed._process_missed()
        self.assertEqual(set(visits.mapped("state")), {"missed"})
        adjustment = self.contract.adjustment_ids
        self.assertEqual(adjustment.mapped("amount"), [600.0])
        self.assertIn("5%", adjustment.formula)
        self.assertIn("12,000.00", adjustment.formula)
        self.assertEqual(len(adjustment.fact_ids), 2)
        self.assertEqual(adjustment.milestone_id.date_start, date(2026, 11, 1))

    def test_what_we_missed_ourselves_costs_nobody(self):
        plan = self._create_plan(kind="property_check", party="property")
        with freeze_time("2026-11-10 04:00:00"):
            visits = plan._process_generation(date(2026, 11, 10), date(2026, 11, 10))
        self.env["outsourcing.inspection"]._get_missed(date(2026, 11, 22))._process_missed()
        self.assertEqual(visits.state, "missed")
        self.assertFalse(self.contract.fact_ids)

    def test_grace_days_hold_back_the_mark(self):
        with freeze_time("2026-11-10 04:00:00"):
            self._create_plan(grace_days=2)._process_generation(date(2026, 11, 10), date(2026, 11, 10))
        inspections = self.env["outsourcing.inspection"]
        self.assertFalse(inspections._get_missed(date(2026, 11, 12)))
        self.assertTrue(inspections._get_missed(date(2026, 11, 13)))

    def test_crons_run(self):
        self._create_plan()
        with self.enter_registry_test_mode():
            self.env.ref("property_outsourcing_site.cron_generate_inspections").method_direct_trigger()
            self.env.ref("property_outsourcing_site.cron_mark_missed").method_direct_trigger()
            self.env.ref("property_outsourcing_site.cron_review_lapsed").method_direct_trigger()
        self.assertTrue(self.contract.inspection_count)

    def test_plan_of_a_foreign_community_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "not a community of the contract"):
            self._create_plan(community_id=self.other_community.id, equipment_ids=False)

    def test_plan_in_the_form(self):
        form = Form(self.env["outsourcing.inspection.plan"].with_user(self.user_manager))
        form.contract_id = self.contract
        form.kind = "property_check"
        form.party = "property"
        form.checklist_id = self.daily
        form.frequency = "weekly"
        plan = form.save()
        self.assertEqual(plan.party_partner_id, self.company.partner_id)
        self.assertEqual((plan.date_start, plan.window_days), (self.contract.date_start, 2))
