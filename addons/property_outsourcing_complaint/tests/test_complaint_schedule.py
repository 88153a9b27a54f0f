from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from .complaint_common import PHONE, ComplaintCommon, freeze_time


@tagged("post_install", "-at_install")
class TestComplaintSchedule(ComplaintCommon):
    """Silence closes after its days; people are forgotten after their months, figures are not."""

    def test_silence_closes_only_after_its_days(self):
        complaint = self._done()
        self.env["outsourcing.complaint"]._cron_close_silent()
        self.assertEqual(complaint.state, "done")
        with freeze_time(fields.Datetime.now() + timedelta(days=8)):
            self.env["outsourcing.complaint"]._cron_close_silent()
        self.assertEqual((complaint.state, complaint.confirmed_by), ("closed", "silence"))

    def test_what_was_confirmed_is_filed_by_and_by(self):
        complaint = self._done()
        complaint._confirm("desk", 5)
        with freeze_time(fields.Datetime.now() + timedelta(days=8)):
            self.env["outsourcing.complaint"]._cron_close_silent()
        self.assertEqual((complaint.state, complaint.confirmed_by), ("closed", "desk"))

    def test_who_reported_is_erased_and_figures_stay(self):
        complaint = self._accepted()
        self._take(complaint, "action_done", "Ms Wang in 3-501 was called")
        complaint._confirm("desk", 5, "Ring me again")
        complaint.action_close()
        hours = complaint.hours_to_finish
        with freeze_time(fields.Datetime.now() + relativedelta(months=11)):
            self.env["outsourcing.complaint"]._cron_erase()
            self.assertEqual(complaint.phone, PHONE)
        with freeze_time(fields.Datetime.now() + relativedelta(months=13)):
            self.env["outsourcing.complaint"]._cron_erase()
        self.assertFalse(complaint.done_note)
        person = complaint.reporter_ids
        self.assertRecordValues(person, [{"name": False, "phone": False, "room": False, "is_erased": True}])
        self.assertFalse(person.sudo().phone_hash)
        self.assertFalse(complaint.description or complaint.resident_comment)
        self.assertEqual((complaint.stars, complaint.hours_to_finish), (5, hours))
        self.assertFalse(complaint.search([("phone", "=", PHONE)]))

    def test_a_person_is_found_by_the_whole_number_only(self):
        complaint = self._report_matter()
        found = complaint.search([("phone", "ilike", "+86 139 1234 5678")])
        self.assertIn(complaint, found)
        self.assertFalse(complaint.search([("phone", "ilike", "1391234")]))
