from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintAccess(ComplaintCommon):
    """Staff of the community alone; no contractor, no other community; finance the matter, not the person."""

    def test_others_read_nothing(self):
        complaint = self._report_matter()
        person = complaint.reporter_ids
        self.assertFalse(complaint.with_user(self.user_outsider).search([("id", "=", complaint.id)]))
        for user in (self.user_outsider, self.portal_contractor, self.portal_representative):
            for record in (complaint, person):
                with self.assertRaises(AccessError, msg=user.name):  # core's own
                    record.with_user(user).read(["display_name"])

    def test_finance_opens_what_a_deduction_rests_on_without_the_person(self):
        complaint = self._report_matter().with_user(self.user_finance)
        view = etree.fromstring(complaint.get_view(view_type="form")["arch"])
        names = {field.get("name") for field in view.iter("field")} & set(complaint._fields)
        self.assertEqual(complaint.web_read({name: {} for name in names})[0]["state"], "new")
        self.assertFalse(names & {"reporter_ids", "talk_ids", "photo_ids"})
        with self.assertRaises(AccessError):  # core's own
            complaint.reporter_ids.read(["display_name"])

    def test_messages_and_calls_are_written_by_steps_alone(self):
        complaint = self._accepted()
        with self.assertRefused("These values are written by the system alone"):
            complaint.talk_ids.create({"complaint_id": complaint.id, "direction": "in", "body": "x"})
        with self.assertRefused("These values are written by the system alone"):
            complaint.reporter_ids.write({"date_called": "2026-01-01 00:00:00"})
        complaint.reporter_ids.action_called()
        self.assertEqual(complaint.reporter_ids.called_by_id, self.user_supervisor)

    def test_a_number_is_a_number(self):
        complaint = self._report_matter()
        with self.assertRefused("is no telephone number"):
            complaint.reporter_ids.phone = "=cmd|' /C calc'!A0"

    def test_an_accepted_complaint_stays_in_its_community(self):
        complaint = self._accepted().with_user(self.user_manager)
        elsewhere = self.env["outsourcing.location"].create(
            {"name": "Building 9", "community_id": self.other_community.id}
        )
        with self.assertRefused("What is accepted stays in its community"):
            complaint.write({"location_id": elsewhere.id, "equipment_id": False})
        with self.assertRefused("can no longer be changed"):
            complaint.write({"community_id": self.other_community.id})

    def test_place_and_community_belong_together(self):
        complaint = self._report_matter()
        with self.assertRefused("place and equipment are in another community"):
            complaint.with_user(self.user_manager).write({"community_id": self.other_community.id})
        complaint.with_user(self.user_manager).write(
            {"community_id": self.other_community.id, "location_id": False, "equipment_id": False}
        )
        self.assertEqual(complaint.sudo().community_id, self.other_community)
