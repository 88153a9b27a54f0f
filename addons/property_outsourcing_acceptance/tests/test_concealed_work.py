from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SIGNATURE, AcceptanceCommon


@tagged("post_install", "-at_install")
class TestConcealedWork(AcceptanceCommon):
    def setUp(self):
        super().setUp()
        self.work = self._create_concealed().with_env(self.env)

    def _notify(self, hours=49):
        planned = fields.Datetime.now() + timedelta(hours=hours)
        self.work.with_user(self.portal_contractor)._portal_notify(planned, SIGNATURE, "Contractor")
        self.work.invalidate_recordset()

    def test_notice_is_given_48_hours_ahead(self):
        with self.assertRaisesRegex(UserError, "48 h ahead"):
            self._notify(hours=47)
        self.assertEqual(self.work.state, "draft")
        self.company.outsourcing_concealed_notice_hours = 24
        self._notify(hours=25)
        self.assertEqual(self.work.state, "notified")

    def test_acceptance_needs_photos_before_and_during(self):
        self._notify()
        self._add_photos(self.work, "before")
        with self.assertRaisesRegex(UserError, "photos are missing"):
            self._sign(self.work, self.user_supervisor)
        self._add_photos(self.work, "during")
        self._sign(self.work, self.user_supervisor)
        self.assertEqual(self.work.state, "accepted")

    def test_covering_needs_photos_of_all_three_phases(self):
        self._notify()
        self._add_photos(self.work, "before", "during")
        with self.assertRefused("and cannot become"):
            self.work.with_user(self.portal_contractor)._portal_cover()
        self._sign(self.work, self.user_supervisor)
        with self.assertRaisesRegex(UserError, "photos are missing"):
            self.work.with_user(self.portal_contractor)._portal_cover()
        self._add_photos(self.work, "after")
        self.work.with_user(self.portal_contractor)._portal_cover()
        self.assertEqual(self.work.state, "covered")
        with self.assertRefused("no longer takes photos or files."):
            self._add_photos(self.work, "after")
        self.assertTrue(all(self.work.evidence_ids.mapped("sealed")))

    def test_both_sides_sign_in_person(self):
        self._notify()
        self._add_photos(self.work, "before", "during")
        for user in (self.portal_competitor, self.user_outsider):
            with self.subTest(user=user.name), self.assertRaises(AccessError):  # core's own
                self._sign(self.work, user)
        with self.assertRaisesRegex(UserError, "already signed"):
            self._sign(self.work, self.portal_contractor)

    def test_failed_inspection_is_noticed_anew(self):
        self._notify()
        self._sign(self.work, self.user_supervisor, "fail", comment="Bedding too thin")
        self.assertEqual(self.work.state, "rejected")
        self._notify()
        self.assertEqual((self.work.state, self.work.round), ("notified", 2))

    def test_nobody_came_waits_or_deems_as_the_company_says(self):
        self._notify()
        later = fields.Datetime.now() + timedelta(hours=49 + 25)
        self.assertEqual(self.work._get_no_shows(later), self.work)
        self.assertFalse(self.work._get_no_shows(fields.Datetime.now() + timedelta(hours=50)))
        self.work._process_no_shows()
        self.assertEqual(self.work.state, "notified")
        self.assertTrue(self.work.date_no_show)
        self.company.outsourcing_concealed_no_show = "deemed"
        self.work._process_no_shows()
        self.assertEqual(self.work.state, "notified", "Without photos nothing is deemed accepted")
        self._add_photos(self.work, "before", "during")
        self.work._process_no_shows()
        self.assertEqual((self.work.state, self.work.is_deemed), ("accepted", True))

    def test_covered_without_acceptance_is_a_fact_and_a_blocker(self):
        work = self.work.with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "Write the reason"):
            work._take_reasoned_step("unaccepted", "")
        self._decide_with_reason(work, "action_report_unaccepted", "Found tiled over on the round")
        fact = self.works.fact_ids.filtered(lambda fact: fact.fact_type == "concealed_unaccepted")
        self.assertEqual((fact.res_model, fact.res_id), (work._name, work.id))
        self.assertTrue(self.row1._get_concealed_blockers())
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self._decide_with_reason(work, "action_strip", "Lay it open")
        self._decide_with_reason(work.with_user(self.user_manager), "action_strip", "Lay it open")
        self.assertEqual(self.work.state, "draft")

    def test_work_laid_open_is_pictured_anew(self):
        with freeze_time("2026-06-01 08:00:00"):
            self._add_photos(self.work, "before", "during", "after")
            work = self.work.with_user(self.user_manager)
            self._decide_with_reason(work, "action_report_unaccepted", "Tiled over without notice")
        with freeze_time("2026-06-02 08:00:00"):
            self._decide_with_reason(work, "action_strip", "Lay it open")
            self.assertEqual(self.work.missing_photos, "Before, During, After")
            self._notify()
        with freeze_time("2026-06-04 10:00:00"):
            with self.assertRaisesRegex(UserError, "photos are missing: Before, During"):
                self._sign(self.work, self.user_supervisor)
            self._add_photos(self.work, "before", "during")
            self._sign(self.work, self.user_supervisor)
            with self.assertRaisesRegex(UserError, "photos are missing: After"):
                self.work.with_user(self.portal_contractor)._portal_cover()
            self._add_photos(self.work, "after")
            self.work.with_user(self.portal_contractor)._portal_cover()
        self.assertEqual(self.work.state, "covered")

    def test_old_photos_are_not_deemed_those_of_a_new_laying(self):
        self.company.outsourcing_concealed_no_show = "deemed"
        with freeze_time("2026-06-01 08:00:00"):
            self._add_photos(self.work, "before", "during")
            work = self.work.with_user(self.user_manager)
            self._decide_with_reason(work, "action_report_unaccepted", "Tiled over without notice")
        with freeze_time("2026-06-02 08:00:00"):
            self._decide_with_reason(work, "action_strip", "Lay it open")
            self._notify()
        with freeze_time("2026-06-06 10:00:00"):
            self.work._process_no_shows()
        self.assertEqual(self.work.state, "notified")

    def test_repair_of_a_rejected_work_is_pictured(self):
        with freeze_time("2026-06-01 08:00:00"):
            self._notify()
            self._add_photos(self.work, "before", "during")
        with freeze_time("2026-06-03 10:00:00"):
            self._sign(self.work, self.user_supervisor, "fail", comment="Bedding too thin")
            self._notify()
        with freeze_time("2026-06-05 12:00:00"):
            with self.assertRaisesRegex(UserError, "photos are missing: During"):
                self._sign(self.work, self.user_supervisor)
            self._add_photos(self.work, "during")
            self._sign(self.work, self.user_supervisor)
        self.assertEqual(self.work.state, "accepted")

    def test_a_photo_from_before_the_inspection_does_not_show_the_work_after_it(self):
        with freeze_time("2026-06-01 08:00:00"):
            self._notify()
            self._add_photos(self.work, "before", "during", "after")
            self.assertEqual(self.work.missing_photos, "After")
        with freeze_time("2026-06-03 10:00:00"):
            self._sign(self.work, self.user_supervisor)
            with self.assertRaisesRegex(UserError, "photos are missing: After"):
                self.work.with_user(self.portal_contractor)._portal_cover()
        self.assertEqual(self.work.state, "accepted")

    def test_whoever_enters_the_sheet_of_the_contractor_does_not_sign_the_inspection(self):
        work = self.work.with_user(self.user_supervisor)
        work.action_notify()
        work._record_paper("self_check", self.performer, "pass", [("sheet.png", self.pixel)])
        self._add_photos(self.work, "before", "during")
        with self.assertRaisesRegex(UserError, "has already acted here"):
            self._sign(self.work, self.user_supervisor)
        self._sign(self.work, self.user_manager)
        self.assertEqual(self.work.state, "accepted")

    def test_milestone_with_open_concealed_work_is_not_accepted(self):
        acceptance = self._start()
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        with self.assertRaisesRegex(UserError, "Concealed work"):
            self._sign(acceptance, self.user_supervisor)
        self._cover(self.work)
        self._sign(acceptance, self.user_supervisor)
        self.assertEqual(acceptance.state, "third_party_check")

    def test_contractor_opens_a_concealed_work(self):
        model = self.env["outsourcing.concealed.work"].with_user(self.portal_contractor)
        row = self.row1.with_user(self.portal_contractor)
        work = model._portal_create(row, {"title": "Waterproofing", "state": "covered", "third_party_id": 1})
        self.assertEqual((work.state, work.title), ("draft", "Waterproofing"))
        with self.assertRefused("Write which work will be covered."):
            model._portal_create(row, {"title": " "})
        with self.assertRaises(AccessError):  # core's own
            model.with_user(self.portal_competitor)._portal_create(
                self.row1.with_user(self.portal_competitor), {"title": "x"}
            )

    def test_third_party_signs_when_named(self):
        self.work.with_user(self.user_manager).third_party_id = self.third_party
        self._notify()
        self._add_photos(self.work, "before", "during")
        self._sign(self.work, self.user_supervisor)
        self.assertEqual(self.work.state, "notified")
        self._sign(self.work, self.portal_third_party)
        self.assertEqual(self.work.state, "accepted")

    def test_state_is_not_written_from_outside(self):
        work = self.work.with_user(self.user_manager)
        with self.assertRefused("The state changes only through the buttons of the workflow."):
            work.write({"state": "covered"})
        with self.assertRefused("always starts at its first state."):
            work.with_context(default_state="covered").create({"title": "x", "milestone_id": self.row1.id})
        with self.assertRaisesRegex(UserError, "by the system alone"):
            work.create({"title": "x", "milestone_id": self.row1.id, "is_deemed": True})

    def test_a_place_of_another_community_is_refused(self):
        elsewhere = self.env["outsourcing.location"].create(
            {"name": "Building 9", "community_id": self.other_community.id}
        )
        with self.assertRefused("place and equipment are in another community"):
            self.work.location_id = elsewhere
