from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestDefect(SiteCommon):
    def _assigned(self, **vals):
        defect = self._create_defect(**vals)
        defect.with_user(self.user_supervisor).action_assign()
        return defect

    def _rectified(self, **vals):
        defect = self._assigned(**vals)
        self._as_portal(defect)._portal_rectify("Replaced", self._photos(), self.performer)
        return defect

    def test_loop_from_found_to_closed(self):
        defect = self._rectified()
        self.assertEqual((defect.state, defect.rectified_by_id), ("rectified", self.portal_contractor))
        self.assertEqual(defect.after_evidence_ids.phase, "after")
        defect.with_user(self.user_supervisor).action_close()
        self.assertEqual((defect.state, defect.closed_by_id), ("closed", self.user_supervisor))
        of_defect = self.contract.fact_ids.filtered(lambda fact: fact.res_model == defect._name)
        self.assertEqual(of_defect.mapped("fact_type"), ["defect_found"])

    def test_assigning_dispatches_a_work_order(self):
        task = self._assigned(severity="critical").task_id
        self.assertEqual(task.outsourcing_contract_id, self.contract)
        self.assertEqual((task.outsourcing_kind, task.outsourcing_priority), ("rectification", "p0"))

    def test_closing_closes_the_work_order(self):
        defect = self._rectified()
        self.assertTrue(defect.task_id.outsourcing_date_completed)
        defect.with_user(self.user_supervisor).action_close()
        self.assertTrue(defect.task_id.is_closed)

    def test_rectifying_needs_a_photo_taken_afterwards(self):
        defect = self._as_portal(self._assigned())
        with self.assertRaisesRegex(UserError, "photo taken after"):
            defect._portal_rectify("Replaced", [])
        self.assertEqual(defect.state, "assigned")

    def test_second_rectification_says_who_and_when(self):
        defect = self._as_portal(self._rectified())
        with self.assertRaisesRegex(UserError, "already submitted"):
            defect._portal_rectify("Again", self._photos())

    def test_reopened_defect_needs_a_new_photo_and_counts(self):
        with freeze_time("2026-11-20 02:00:00"):
            defect = self._rectified()
        with freeze_time("2026-11-21 02:00:00"):
            defect.with_user(self.user_supervisor).action_reopen()
            self.assertEqual((defect.state, defect.reopen_count), ("assigned", 1))
            with self.assertRaisesRegex(UserError, "photo taken after"):
                self._as_portal(defect)._portal_rectify("Again", [])
        self.assertIn("defect_reopened", self.contract.fact_ids.mapped("fact_type"))

    def test_late_rectification_is_a_fact_with_its_days(self):
        with freeze_time("2026-11-10 02:00:00"):
            defect = self._assigned(severity="critical")
        with freeze_time("2026-11-14 02:00:00"):
            self._as_portal(defect)._portal_rectify("Replaced", self._photos())
        fact = self.contract.fact_ids.filtered(lambda f: f.fact_type == "rectification_late")
        self.assertEqual(fact.value, 3.0)
        self.assertEqual(self.contract.adjustment_ids.amount, 600.0)  # 3 days at 200.00

    def test_overdue_rectification_is_a_fact_at_once_and_its_days_follow(self):
        with freeze_time("2026-11-10 02:00:00"):
            defect = self._assigned(severity="critical")
        model = self.env["outsourcing.defect"]
        self.assertFalse(model._get_newly_overdue(defect.date_deadline))
        overdue = model._get_newly_overdue(defect.date_deadline + timedelta(days=1))
        self.assertEqual(overdue, defect)
        overdue._process_overdue()
        overdue._process_overdue()
        fact = self.contract.fact_ids.filtered(lambda f: f.fact_type == "rectification_overdue")
        self.assertEqual((len(fact), fact.date), (1, defect.date_deadline))
        self.assertEqual(defect.date_overdue, defect.date_deadline + timedelta(days=1))
        self.assertFalse(self.contract.adjustment_ids, "A clause by the day waits for the number of days")
        self.assertFalse(model._get_newly_overdue(date(2026, 12, 31)))
        with freeze_time("2026-11-14 02:00:00"):
            self._as_portal(defect)._portal_rectify("Replaced", self._photos())
        late = self.contract.fact_ids.filtered(lambda f: f.fact_type == "rectification_late")
        self.assertEqual((late.value, self.contract.adjustment_ids.amount), (3.0, 600.0))

    def test_a_clause_may_react_as_soon_as_a_rectification_is_overdue(self):
        rule = self.contract.rule_ids.filtered(lambda rule: rule.trigger == "rectification_late")[:1]
        rule._gated().write({"trigger": "rectification_overdue", "per": "occurrence"})
        with freeze_time("2026-11-10 02:00:00"):
            defect = self._assigned(severity="critical")
        defect._process_overdue()
        self.assertEqual(self.contract.adjustment_ids.rule_id, rule)

    def test_a_defect_reopened_becomes_overdue_anew(self):
        defect = self._rectified()
        defect.with_user(self.user_supervisor).action_reopen()
        self.assertFalse(defect.date_overdue)
        defect._process_overdue()
        fact = self.contract.fact_ids.filtered(lambda f: f.fact_type == "rectification_overdue")
        self.assertTrue(fact.unique_key.endswith(":1"))

    def test_recording_many_costs_as_much_as_one(self):
        defects = [self._assigned() for _n in range(12)]
        counts = []
        for batch in (defects[:1], defects[1:2], defects[2:]):
            batch = self.env["outsourcing.defect"].union(*batch)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch._process_overdue()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 2, counts)

    def test_overdue_cron_runs(self):
        with freeze_time("2026-11-10 02:00:00"):
            defect = self._assigned(severity="critical")
        with self.enter_registry_test_mode():
            self.env.ref("property_outsourcing_site.cron_record_overdue").method_direct_trigger()
        self.assertTrue(defect.date_overdue)

    def test_who_recorded_the_rectification_cannot_close(self):
        defect = self._assigned().with_user(self.user_supervisor)
        defect._record_rectification(self._photos(), "By telephone", self.performer)
        self.assertTrue(defect.is_paper)
        with self.assertRaisesRegex(UserError, "another person"):
            defect.action_close()
        defect.with_user(self.user_supervisor2).action_close()

    def test_contractor_cannot_close_or_assign(self):
        defect = self._as_portal(self._rectified())
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            defect.action_close()
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            self._as_portal(self._create_defect()).action_assign()

    def test_dropping_needs_a_manager_and_a_reason(self):
        defect = self._create_defect()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            defect.with_user(self.user_supervisor).action_close()
        manager = defect.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "why it is dropped"):
            manager.action_close()
        manager.closing_note = "Same as another one"
        manager.action_close()
        self.assertEqual(defect.state, "closed")

    def test_open_defect_vetoes_completion(self):
        defect = self._rectified()
        contract = self.contract.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "1 open defects"):
            contract.action_complete()
        defect.with_user(self.user_supervisor).action_close()
        contract.action_complete()
        self.assertEqual(contract.state, "completed")

    def test_what_the_contractor_reports_is_not_charged(self):
        model = self.env["outsourcing.defect"].with_user(self.portal_contractor)
        contract = self.contract.with_user(self.portal_contractor)
        defect = model._portal_report(
            contract, {"description": "Pit is wet", "state": "closed"}, self._photos()
        )
        self.assertEqual((defect.state, defect.found_by), ("open", "contractor"))
        self.assertEqual(defect.before_evidence_ids.phase, "before")
        defect.with_user(self.user_supervisor).action_assign()
        self.assertEqual(self.contract.fact_ids.fact_type, "order_counted", "only that it was ordered")

    def test_deadline_in_the_past_is_not_ordered(self):
        defect = self._create_defect(date_found=self.today - timedelta(days=30))
        with self.assertRaisesRegex(UserError, "deadline"):
            defect.with_user(self.user_supervisor).action_assign()

    def test_identity_freezes_when_ordered(self):
        defect = self._assigned().with_user(self.user_supervisor)
        for vals in (
            {"description": "x"},
            {"equipment_id": self.elevator.id},
            {"task_id": False},
            {"state": "closed"},
        ):
            with self.assertRaises(UserError):  # each for a reason of its own
                defect.write(vals)
        defect.write({"date_deadline": self.today + timedelta(days=9)})

    def test_time_that_is_over_is_extended_by_a_manager(self):
        with freeze_time("2026-11-10 02:00:00"):
            defect = self._assigned(severity="critical")
        later = {"date_deadline": date(2026, 11, 30)}
        with freeze_time("2026-11-14 02:00:00"):
            with self.assertRaisesRegex(AccessError, "not the person who may take this step"):
                defect.with_user(self.user_supervisor).write(later)
            defect.with_user(self.user_manager).write(later)
        self.assertEqual(defect.date_deadline, date(2026, 11, 30))

    def test_what_was_rectified_is_written_by_who_reports_it(self):
        defect = self._assigned()
        for vals in ({"rectification_note": "Was done"}, {"performer_id": self.performer.id}):
            with self.assertRaisesRegex(UserError, "can no longer be changed"):
                defect.with_user(self.user_supervisor).write(vals)

    def test_defect_in_the_form(self):
        form = Form(self.env["outsourcing.defect"].with_user(self.user_supervisor))
        form.contract_id = self.contract
        form.description = "Door scratched"
        form.severity = "major"
        defect = form.save()
        self.assertEqual(defect.community_id, self.community)
        self.assertEqual(defect.date_deadline, self.today + timedelta(days=3))

    def test_a_place_of_another_community_is_refused_for_defects_and_inspections(self):
        elsewhere = self.env["outsourcing.location"].create(
            {"name": "Building 9", "community_id": self.other_community.id}
        )
        for document in (self._create_defect(), self._create_inspection()):
            with self.assertRefused("place and equipment are in another community"):
                document.write({"location_id": elsewhere.id, "equipment_id": False})
