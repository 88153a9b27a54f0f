from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestInspection(SiteCommon):
    def test_contractor_hands_in_a_half_monthly_visit(self):
        inspection = self._create_done_inspection()
        self.assertEqual((inspection.state, inspection.result, inspection.line_count), ("done", "pass", 31))
        self.assertEqual(inspection.performer_id, self.performer)
        self.assertEqual(inspection.submitted_by_id, self.portal_contractor)
        facts = self.contract.fact_ids.mapped("fact_type")
        self.assertCountEqual(facts, ["inspection_due", "inspection_done"])

    def test_quarterly_visit_covers_44_items(self):
        inspection = self._start(self._create_inspection(cycle="quarter"))
        self.assertEqual(inspection.line_count, 44)

    def test_items_are_a_snapshot_in_both_languages(self):
        inspection = self._start(self._create_inspection())
        item = self.env.ref("property_outsourcing_site.checklist_item_a_1_29")
        item.with_user(self.user_admin).write({"value_min": 9, "name": "Changed"})
        line = self._line(inspection, "A-1-29")
        self.assertEqual((line.value_min, line.name), (7.0, "Landing-door locking engagement"))
        self.assertEqual(line.with_context(lang="zh_CN").name, "层门锁紧元件啮合长度")

    def test_six_point_nine_millimetres_cannot_pass(self):
        inspection = self._start(self._create_inspection())
        line = self._line(inspection, "A-1-29")
        with self.assertRaisesRegex(ValidationError, "6.9 mm is outside the limits"):
            inspection._portal_save({line.id: {"result": "pass", "value": "6.9"}})

    def test_value_alone_decides_the_result(self):
        inspection = self._start(self._create_inspection())
        line = self._line(inspection, "A-1-29")
        inspection._portal_save({line.id: {"value": "6.9"}})
        self.assertEqual(line.result, "fail")
        inspection._portal_save({line.id: {"value": "7"}})
        self.assertEqual(line.result, "pass")

    def test_empty_submit_is_refused(self):
        inspection = self._start(self._create_inspection())
        with self.assertRaisesRegex(UserError, "none of its 31 items"):
            inspection._portal_submit()

    def test_unanswered_items_are_counted(self):
        inspection = self._start(self._create_inspection())
        answers = self._answers(inspection)
        for code in ("A-1-01", "A-1-02"):
            answers.pop(self._line(inspection, code).id)
        inspection._portal_save(answers)
        with self.assertRaisesRegex(UserError, r"2 items are not answered yet \(A-1-01, A-1-02\)"):
            inspection._portal_submit()

    def test_numeric_item_without_a_value_is_refused(self):
        self._assert_incomplete({"result": "pass"}, "A-1-29", "measured value is missing")

    def test_test_item_without_value_or_photo_is_refused(self):
        self._assert_incomplete({"result": "pass"}, "A-1-06", "value or a photo")

    def test_failed_item_needs_a_note_or_a_photo(self):
        self._assert_incomplete({"result": "fail"}, "A-1-01", "needs a note or a photo")

    def test_not_applicable_needs_a_reason(self):
        self._assert_incomplete({"result": "na"}, "A-1-01", "why it does not apply")

    def _assert_incomplete(self, answer, code, message):
        inspection = self._start(self._create_inspection())
        inspection._portal_save(self._answers(inspection, **{code.replace("-", "_"): answer}))
        with self.assertRaisesRegex(UserError, message):
            inspection._portal_submit()
        self.assertEqual(inspection.state, "in_progress")

    def test_open_items_are_named_before_the_question(self):
        inspection = self._create_inspection(kind="property_check", checklist_id=self.daily.id)
        inspection.with_user(self.user_supervisor).action_start()
        with self.assertRaisesRegex(UserError, "none of its .* items is answered"):
            inspection.with_user(self.user_supervisor).action_ask_submit()
        self.assertEqual(inspection.state, "in_progress")
        [step] = inspection.with_user(self.user_supervisor).missing_points
        self.assertEqual(step["points"][0]["field"], "line_ids")

    def test_second_submit_says_who_and_when(self):
        inspection = self._as_portal(self._create_done_inspection())
        with self.assertRaisesRegex(UserError, "already submitted on .* by Contractor's office"):
            inspection._portal_submit()
        with self.assertRaisesRegex(UserError, "already submitted"):
            inspection._portal_save({})

    def test_evidence_after_submit_is_refused(self):
        inspection = self._as_portal(self._create_done_inspection())
        line = inspection.line_ids[0]
        with self.assertRaisesRegex(UserError, "no longer takes"):
            line._add_evidence(self._photos(), performer=self.performer)
        self.assertFalse(line.evidence_ids)

    def test_evidence_is_sealed_at_submit(self):
        inspection = self._create_done_inspection()
        evidence = self._line(inspection, "A-1-06").evidence_ids
        self.assertTrue(evidence and all(evidence.mapped("sealed")))
        self.assertEqual(evidence.performer_id, self.performer)

    def test_failed_item_becomes_a_defect(self):
        special = {"A_1_29": {"value": 6.2, "note": "worn"}, "A_1_25": {"result": "fail", "note": "dirty"}}
        inspection = self._create_done_inspection(special)
        self.assertEqual((inspection.result, inspection.failed_count), ("fail", 2))
        defect = inspection.defect_ids.filtered(lambda d: d.inspection_line_id.code == "A-1-29")
        self.assertEqual(
            (defect.state, defect.severity, defect.equipment_id), ("open", "major", self.elevator)
        )
        self.assertIn("Measured: 6.2 mm", defect.description)
        self.assertEqual(defect.date_deadline, self.today + timedelta(days=3))

    def test_honest_contractor_is_not_charged_for_what_it_found(self):
        self._create_done_inspection({"A_1_25": {"result": "fail", "note": "dirty"}})
        self.assertNotIn("inspection_failed", self.contract.fact_ids.mapped("fact_type"))

    def test_failed_spot_check_proposes_five_percent(self):
        inspection = self._create_inspection(
            kind="spot_check", party_partner_id=self.third_party.id, checklist_id=self.daily.id
        )
        inspector = self._as_portal(inspection, self.portal_third_party)
        inspector._portal_start()
        line = inspection.line_ids[0]
        answers = {each.id: {"result": "pass", "value": 20} for each in inspection.line_ids}
        inspector._portal_save({**answers, line.id: {"result": "fail", "note": "noise"}})
        inspector._portal_submit()
        self.assertEqual(self.contract.adjustment_ids.mapped("amount"), [600.0])

    def test_nobody_writes_tomorrows_inspection_today(self):
        plan = self._create_plan()
        inspection = plan._process_generation(self.today + timedelta(days=1), self.today + timedelta(days=1))
        with self.assertRaisesRegex(UserError, "can be started from"):
            self._start(inspection)

    def test_foreign_line_and_foreign_performer_are_refused(self):
        inspection = self._start(self._create_inspection())
        other = self._start(self._create_inspection())
        with self.assertRaisesRegex(UserError, "does not belong"):
            inspection._portal_save({other.line_ids[0].id: {"result": "pass"}})
        with self.assertRaisesRegex(UserError, "does not belong"):
            self._as_portal(self._create_inspection())._portal_start(self.competitor)

    def test_garbage_values_are_refused(self):
        inspection = self._start(self._create_inspection())
        line = self._line(inspection, "A-1-29")
        for value in ("seven", "nan", "inf", "1e30", []):
            with self.assertRaisesRegex(UserError, "not a number"):
                inspection._portal_save({line.id: {"value": value}})
        with self.assertRefused("answer with pass, fail or not applicable."):
            inspection._portal_save({line.id: {"result": "excellent"}})

    def test_portal_ignores_fields_it_may_not_set(self):
        inspection = self._start(self._create_inspection())
        line = self._line(inspection, "A-1-29")
        inspection._portal_save({line.id: {"value_min": 1, "name": "x", "value": 8}})
        self.assertEqual(
            (line.value_min, line.value, line.name), (7.0, 8.0, "Landing-door locking engagement")
        )

    def test_zero_is_a_value_and_clearing_is_not(self):
        inspection = self._start(self._create_inspection())
        line = self._line(inspection, "A-1-29")
        inspection._portal_save({line.id: {"value": 0}})
        self.assertTrue(line.is_measured)
        inspection._portal_save({line.id: {"value": "", "result": None}})
        self.assertFalse(line.is_measured)

    def test_supervisor_fills_in_our_own_check_only(self):
        ours = self._create_inspection(kind="property_check", checklist_id=self.daily.id)
        ours.with_user(self.user_supervisor).action_start()
        self.assertEqual(ours.performer_id, self.user_supervisor.partner_id)
        theirs = self._create_inspection()
        with self.assertRefused(". Record their signed sheet as paper.", AccessError):
            theirs.with_user(self.user_supervisor).action_start()
        self._start(theirs)
        with self.assertRefused(". Record their signed sheet as paper.", AccessError):
            theirs.line_ids[0].with_user(self.user_supervisor).write({"result": "pass"})

    def test_own_check_in_the_form(self):
        ours = self._create_inspection(kind="property_check", checklist_id=self.daily.id)
        ours = ours.with_user(self.user_supervisor)
        ours.action_start()
        with Form(ours) as form:
            for index, line in enumerate(ours.line_ids):
                with form.line_ids.edit(index) as row:
                    if line.judge == "N":
                        row.value = 22
                    else:
                        row.result = "pass"
        ours.action_submit()
        self.assertEqual(ours.result, "pass")

    def test_paper_needs_scan_and_signer(self):
        inspection = self._create_inspection(checklist_id=self.daily.id).with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "who signed"):
            inspection._record_paper(self._photos(), self.env["res.partner"])
        inspection._record_paper(self._photos(), self.performer)
        self.assertTrue(inspection.is_paper and inspection.evidence_ids.is_paper)
        for line in inspection.line_ids:
            line.write({"value": 20.0, "result": "pass"} if line.judge == "N" else {"result": "pass"})
        inspection.action_submit()
        self.assertEqual((inspection.state, inspection.submitted_by_id), ("done", self.user_supervisor))

    def test_paper_mark_cannot_be_written(self):
        inspection = self._create_inspection().with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "by the system alone"):
            inspection.write({"is_paper": True})

    def test_wording_of_an_open_item_cannot_be_written(self):
        ours = self._create_inspection(kind="property_check").with_user(self.user_supervisor)
        ours.action_start()
        with self.assertRaisesRegex(UserError, "wording"):
            self._line(ours, "A-1-29").with_user(self.user_supervisor).write({"value_min": 1})

    def test_handed_in_record_is_frozen(self):
        inspection = self._create_done_inspection().with_user(self.user_manager)
        for vals in (
            {"note": "x"},
            {"date_due": "2026-01-01"},
            {"state": "planned"},
            {"performer_id": False},
        ):
            with self.assertRaises(UserError):  # each for a reason of its own
                inspection.write(vals)
        with self.assertRefused("was already submitted on"):
            inspection.line_ids[0].write({"result": "fail"})

    def test_state_default_in_the_context_is_refused(self):
        with self.assertRefused("always starts at its first state."):
            self.env["outsourcing.inspection"].with_user(self.user_supervisor).with_context(
                default_state="done"
            ).create({"contract_id": self.contract.id, "checklist_id": self.daily.id})

    def test_inspection_waits_for_an_active_contract(self):
        inspection = self._create_inspection()
        self.contract.with_user(self.user_manager)._suspend("Site closed")
        with self.assertRaisesRegex(UserError, "not active"):
            self._start(inspection)
