from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SIGNATURE, AcceptanceCommon

UNLINK = {"_force_unlink": True}


@tagged("post_install", "-at_install")
class TestConcealedDraft(AcceptanceCommon):
    """A draft is the contractor's to change and to throw away; a notice is withdrawn before anybody came."""

    def setUp(self):
        super().setUp()
        self.work = self._create_concealed().with_env(self.env)
        self.mine = self.work.with_user(self.portal_contractor)
        self.witness = self.representative

    def _notify(self, hours=49):
        planned = fields.Datetime.now() + timedelta(hours=hours)
        self.mine._portal_notify(planned, SIGNATURE, "Contractor")
        self.work.invalidate_recordset()

    def _withdraw(self, reason="Rain, the bedding is wet"):
        self.mine._portal_withdraw(reason)
        self.work.invalidate_recordset()

    def test_draft_is_changed_until_the_notice(self):
        self.mine._portal_save({"title": "Bedding, north wall", "quantity": "120 m²", "state": "accepted"})
        self.assertEqual((self.work.title, self.work.quantity), ("Bedding, north wall", "120 m²"))
        self.assertEqual(self.work.state, "draft")
        with self.assertRaisesRegex(ValidationError, "Write which work will be covered"):
            self.mine._portal_save({"title": "  "})
        self._notify()
        with self.assertRaisesRegex(UserError, "Withdraw the notice first"):
            self.mine._portal_save({"title": "Something else"})

    def test_after_a_rejection_only_the_finding_changes(self):
        self._notify()
        self._sign(self.work, self.user_supervisor, "fail", comment="Too thin")
        self.mine._portal_save({"title": "Other work", "finding": "Laid anew, 12 mm"})
        self.assertNotEqual(self.work.title, "Other work")
        self.assertEqual(self.work.finding, "Laid anew, 12 mm")

    def test_draft_is_thrown_away_by_its_contractor_only(self):
        with self.assertRaises(AccessError):  # core's own: a competitor does not see it
            self.work.with_user(self.portal_competitor)._portal_discard()
        self.mine._portal_discard()
        self.assertFalse(self.work.exists())

    def test_draft_with_photos_stays(self):
        self._add_photos(self.work, "before")
        with self.assertRaisesRegex(UserError, "carries photos: remove them first"):
            self.mine._portal_discard()

    def test_what_was_noticed_once_is_deleted_by_nobody(self):
        self._notify()
        self._withdraw()
        with self.assertRaisesRegex(UserError, "notice of it was given"):
            self.mine._portal_discard()
        for user in (self.user_supervisor, self.user_manager):
            with self.assertRaisesRegex(UserError, "notice of it was given"):
                self.work.with_user(user).with_context(**UNLINK).unlink()

    def test_notice_is_withdrawn_with_a_reason_and_all_are_told(self):
        self._notify()
        with self.assertRaisesRegex(UserError, "Write why the notice is withdrawn"):
            self._withdraw("  ")
        self._withdraw()
        self.assertEqual((self.work.state, self.work.planned_date), ("draft", False))
        self.assertEqual(self.work.withdrawn_reason, "Rain, the bedding is wet")
        message = self.work.message_ids.filtered(lambda row: "nobody need come" in row.body)
        self.assertIn(self.witness, message.notified_partner_ids)
        self.assertFalse(self.work.activity_ids)
        self.assertFalse(self.work.date_laid_open, "its photos still count")

    def test_owners_representative_reads_that_nobody_need_come(self):
        self.assertFalse(self.work.with_user(self.portal_representative).has_access("read"))
        self._notify()
        self._withdraw()
        seen = self.work.with_user(self.portal_representative)
        self.assertEqual(seen.withdrawn_reason, "Rain, the bedding is wet")

    def test_withdrawn_work_is_noticed_anew_with_signatures_of_its_own(self):
        self._notify()
        self._withdraw()
        self.assertFalse(self.work.current_stage_ids)
        with self.assertRaisesRegex(UserError, "48 h ahead"):
            self._notify(hours=10)
        self._notify()
        self.assertEqual((self.work.round, len(self.work.current_stage_ids)), (2, 2))

    def test_notice_stands_once_the_planned_time_has_come(self):
        self._notify()
        with freeze_time(fields.Datetime.now() + timedelta(hours=50)):
            with self.assertRaisesRegex(UserError, "withdrawn before, not after"):
                self._withdraw()

    def test_other_parties_do_not_withdraw_it(self):
        self._notify()
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            self.work.with_user(self.portal_representative)._portal_withdraw("I have no time")
        self._decide_with_reason(self.work.with_user(self.user_supervisor), "action_withdraw", "They called")
        self.assertEqual(self.work.state, "draft")

    def test_what_a_party_has_signed_is_not_withdrawn(self):
        self.work.third_party_id = self.third_party
        self._notify()
        self._add_photos(self.work, "before", "during")
        self._sign(self.work, self.user_supervisor)
        with self.assertRaisesRegex(UserError, "has signed already; the notice is not withdrawn"):
            self._withdraw()
