from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import SiteCommon

EVENT = "property_outsourcing_site.activity_type_plan_without_target"


@tagged("post_install", "-at_install")
class TestPlanTargets(SiteCommon):
    """What is archived is visited no more; a list that becomes empty is no visit of everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elevators = cls._create_equipment(2)
        cls.plan = cls._create_plan(equipment_ids=[Command.set(cls.elevators.ids)])
        cls.rounds = cls.plan._process_generation(cls.today + timedelta(days=3))

    def _get_event(self, plan=None):
        kind = self.env.ref(EVENT)
        return (plan or self.plan).activity_ids.filtered(lambda row: row.activity_type_id == kind)

    def test_planned_rounds_of_archived_equipment_are_withdrawn_with_a_note(self):
        gone, stays = self.elevators
        begun = self.rounds.filtered(lambda row: row.equipment_id == gone)[0]
        self._start(begun)
        gone.with_user(self.user_manager).sudo().action_archive()
        self.assertEqual(self.rounds.exists().filtered(lambda row: row.equipment_id == gone), begun)
        self.assertEqual(len(self.rounds.exists().filtered(lambda row: row.equipment_id == stays)), 4)
        self.assertIn("Elevator 0 (3)", self.plan.message_ids[0].body)
        self.assertFalse(self._get_event())

    def test_a_plan_whose_targets_are_all_archived_pauses_and_tells_the_supervisor(self):
        self.elevators.action_archive()
        self.assertTrue(self.plan.is_without_target)
        self.assertIn(self._get_event().user_id, self.community.supervisor_ids)
        self.assertFalse(self.rounds.exists())
        self.assertFalse(self.plan._process_generation(self.today + timedelta(days=9)))
        self.assertEqual(len(self._get_event()), 1)
        self.assertIn(self.plan, self.plan.search([("is_without_target", "=", True)]))

    def test_what_comes_back_is_planned_again(self):
        self.elevators.action_archive()
        self.elevators.action_unarchive()
        self.assertFalse(self._get_event())
        rounds = self.plan._process_generation(self.today + timedelta(days=3))
        self.assertEqual(rounds.equipment_id, self.elevators)

    def test_an_emptied_list_never_means_everything(self):
        self.plan.equipment_ids = [Command.clear()]
        self.assertEqual(self.plan.target_kind, "listed")
        self.assertFalse(self.plan._process_generation(self.today + timedelta(days=9)))
        whole = self._create_plan(equipment_ids=False)
        self.assertEqual(whole.target_kind, "community")
        self.assertEqual(len(whole._process_generation(self.today)), 1)

    def test_the_form_says_whole_community_or_list(self):
        with Form(self.plan.with_user(self.user_manager)) as form:
            form.target_kind = "community"
        self.assertFalse(self.plan.equipment_ids)
        self.assertEqual(self.plan._get_targets(), [(False, False)])

    def test_archived_places_are_visited_no_more_either(self):
        plan = self._create_plan(equipment_ids=False, location_ids=[Command.set(self.building.ids)])
        rounds = plan._process_generation(self.today)
        self.assertTrue(rounds)
        self.building.action_archive()
        self.assertFalse(rounds.exists())
        self.assertTrue(self._get_event(plan))

    def test_a_checklist_in_use_stays(self):
        with self.assertRaisesRegex(UserError, self.contract.name):
            self.daily.action_archive()


@tagged("post_install", "-at_install")
class TestLateBorn(SiteCommon):
    """A schedule that stood still: what it makes up afterwards is marked and costs nobody."""

    def _make_up(self):
        """Let the schedule plan on the 2nd, stand still, and run again on the 12th."""
        with freeze_time("2026-11-02 04:00:00"):
            plan = self._create_plan(date_start="2026-11-02")
            plan._process_generation(plan.date_start)
        with freeze_time("2026-11-12 04:00:00"):
            self.env["outsourcing.inspection.plan"]._cron_generate_inspections()
        return plan.inspection_ids

    def test_what_is_made_up_is_late_born_and_never_missed(self):
        rounds = self._make_up()
        late = rounds.filtered("is_late_born")
        self.assertEqual(sorted(row.date_due.day for row in late), list(range(3, 12)))
        with freeze_time("2026-11-14 04:00:00"):
            self.env["outsourcing.inspection"]._cron_mark_missed()
        self.assertEqual(set(late.mapped("state")), {"planned"})
        missed = rounds.filtered(lambda row: row.state == "missed")
        self.assertEqual(sorted(row.date_due.day for row in missed), [2, 12, 13])
        facts = self.env["outsourcing.fact"].search([("fact_type", "=", "inspection_missed")])
        self.assertEqual(set(facts.mapped("res_id")) & set(late.ids), set())

    def test_it_is_not_shown_as_overdue_and_can_still_be_done(self):
        late = self._make_up().filtered("is_late_born")[:1]
        with freeze_time("2026-11-14 04:00:00"):
            self.assertFalse(late.is_overdue)
            self.assertNotIn(late, late.search([("is_overdue", "=", True)]))
            self.assertEqual(self._start(late).sudo().state, "in_progress")

    def test_nobody_can_say_it_was_entered_earlier(self):
        late = self._make_up().filtered("is_late_born")[:1]
        with self.assertRaisesRegex(UserError, "written by the system alone"):
            late.with_user(self.user_manager).write({"date_born": "2026-11-01"})
