import base64
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoints

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestSiteLog(SiteCommon):
    def test_visit_sheet_from_draft_to_reviewed(self):
        log = self._create_log()
        log._portal_submit()
        self.assertEqual(
            (log.state, log.user_id, log.submitted_by_id), ("submitted", *[self.portal_contractor] * 2)
        )
        self.assertEqual(log.sudo().date_review_due, self.today + timedelta(days=3))
        log.with_user(self.user_supervisor).action_review()
        self.assertEqual(log.sudo().reviewed_by_id, self.user_supervisor)
        self.assertEqual(self.contract.fact_ids.fact_type, "visit_done")

    def test_submitted_log_is_frozen(self):
        log = self._create_log()
        log._portal_submit()
        with self.assertRaisesRegex(UserError, "already submitted"):
            log._portal_save({"content": "x"})
        with self.assertRaisesRegex(UserError, "already submitted"):
            log._portal_submit()
        with self.assertRefused("can no longer be changed."):
            log.with_user(self.user_manager).write({"content": "x"})
        with self.assertRaisesRegex(UserError, "no longer takes"):
            log._add_evidence(self._photos())

    def test_return_needs_a_comment_and_opens_again(self):
        log = self._create_log()
        log._portal_submit()
        supervisor = log.with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "what has to be corrected"):
            supervisor.action_return()
        supervisor.review_comment = "Which rails?"
        supervisor.action_return()
        log._portal_save({"content": "Rails of elevator 3-1"})
        log._portal_submit()
        self.assertEqual(log.state, "submitted")

    def test_empty_log_is_refused(self):
        for vals, message in (
            ({"content": " "}, "is empty"),
            ({"performer_ids": []}, "who was on site"),
        ):
            with self.assertRaisesRegex(UserError, message):
                self._create_log(**vals)._portal_submit()

    def test_log_without_photo_is_refused(self):
        contract = self.contract.with_user(self.portal_contractor)
        model = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
        log = model._portal_create(contract, {"content": "x", "headcount": 2})
        with self.assertRaisesRegex(UserError, "at least one photo"):
            log._portal_submit()
        log._portal_discard()
        self.assertFalse(log.exists())

    def test_draft_belongs_to_its_author(self):
        colleague = self._create_portal_user("13800000009", "Colleague", self.contractor)
        log = self._create_log()
        model = self.env["outsourcing.site.log"].with_user(colleague)
        self.assertFalse(model.search([("id", "=", log.id)]))
        with self.assertRaises(AccessError):  # core's own
            log.with_user(colleague)._portal_submit()
        log._portal_submit()
        self.assertTrue(model.search([("id", "=", log.id)]))

    def test_all_that_a_log_lacks_is_said_at_once_and_where(self):
        works = self._create_works_contract()
        model = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
        log = model._portal_create(works.with_user(self.portal_contractor), {})
        with self.assertRaises(MissingPoints) as caught:
            log._portal_submit()
        for part in ("write down what was done", "who was on site", "states the weather", "one photo"):
            self.assertIn(part, str(caught.exception))
        [step] = log.with_user(self.user_supervisor).missing_points
        self.assertEqual(
            [point["field"] for point in step["points"]],
            ["content", "performer_ids", "weather", "evidence_ids"],
        )

    def test_works_have_one_log_a_day_with_the_weather(self):
        works = self._works_contract()
        log = self._create_log(works)
        log._portal_submit()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._create_log(works)
        with self.assertRaisesRegex(UserError, "weather"):
            self._create_log(works, date=self.today - timedelta(days=1), weather=False)._portal_submit()

    def _works_contract(self):
        vals = {"date_start": "2026-01-01", "date_end": "2026-12-31"}
        return self._create_works_contract(**vals)

    def test_log_of_tomorrow_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "not come yet"):
            self._create_log(date=self.today + timedelta(days=1))

    def test_foreign_references_are_refused(self):
        with self.assertRefused("does not belong to"):
            self._create_log(performer_ids=self.competitor.ids)
        with self.assertRefused("is not a community of the contract"):
            self._create_log(community_id=self.other_community.id)

    def test_silence_counts_as_review_and_says_so(self):
        log = self._create_log()
        log._portal_submit()
        model = self.env["outsourcing.site.log"]
        due = log.sudo().date_review_due
        self.assertFalse(model._get_review_lapsed(due))
        model._get_review_lapsed(due + timedelta(days=1))._process_review_lapsed()
        self.assertEqual((log.state, log.sudo().is_deemed_reviewed), ("reviewed", True))
        self.assertFalse(log.sudo().reviewed_by_id)

    def test_staff_records_paper_with_its_scan(self):
        form = Form(self.env["outsourcing.site.log"].with_user(self.user_supervisor))
        form.contract_id = self.contract
        form.content = "Greased the rails"
        form.headcount = 2
        log = form.save()
        self.assertTrue(log.is_paper)
        with self.assertRaisesRegex(UserError, "scan of the signed sheet"):
            log.action_submit()
        upload = self.env["outsourcing.evidence.upload"].with_user(self.user_supervisor)
        action = log.action_add_evidence()
        name, data = self._photos()[0]
        wizard = upload.with_context(**action["context"]).create({})
        wizard.file_ids = [(0, 0, {"name": name, "content": base64.b64encode(data)})]
        wizard.action_apply()
        log.action_submit()
        self.assertEqual(log.state, "submitted")

    def test_author_cannot_be_forged(self):
        log = (
            self.env["outsourcing.site.log"]
            .with_user(self.user_supervisor)
            .create(
                {"contract_id": self.contract.id, "user_id": self.portal_contractor.id, "is_paper": False}
            )
        )
        self.assertEqual((log.user_id, log.is_paper), (self.user_supervisor, True))
