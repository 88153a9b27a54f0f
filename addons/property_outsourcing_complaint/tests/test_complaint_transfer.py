from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintTransfer(ComplaintCommon):
    """What belongs to another community goes there with all that hangs on it, or says why it stays."""

    def _pass_on(self, complaint, community=None, **values):
        complaint = complaint.with_user(self.user_manager)
        action = complaint.action_transfer()
        form = Form(complaint.env[action["res_model"]].with_context(**action["context"]))
        form.community_id = community or self.other_community
        form.reason = "The lift named is over there"
        for name, value in values.items():
            setattr(form, name, value)
        form.save().action_confirm()

    def test_people_messages_and_merged_reports_go_along(self):
        complaint, other = self._accepted(), self._report_matter()
        other._merge_into(complaint)
        self._take(complaint, "action_answer", "We are looking")
        self._pass_on(complaint)
        complaint, other = complaint.sudo(), other.sudo()
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "new",
                    "community_id": self.other_community.id,
                    "equipment_id": False,
                    "location_id": False,
                    "user_id": False,
                    "date_accepted": False,
                }
            ],
        )
        for rows in (complaint.reporter_ids, complaint.talk_ids, other, other.reporter_ids):
            self.assertEqual(rows.community_id, self.other_community)
        self.assertIn(f"the number stays {complaint.name}", complaint.talk_ids.sorted("id")[-1].body)
        self.assertIn("Passed on from", " ".join(complaint.message_ids.mapped("body")))

    def test_the_other_desk_is_asked_and_the_old_one_sees_it_no_more(self):
        complaint = self._accepted()
        self._pass_on(complaint)
        asked = self._asked(complaint, "new").user_id
        self.assertTrue(asked)
        self.assertNotIn(self.user_supervisor, asked)
        with self.assertRaises(AccessError):  # core's own
            complaint.with_user(self.user_supervisor).read(["name"])

    def test_who_followed_it_there_follows_it_no_more(self):
        complaint, other = self._accepted(), self._report_matter()
        other._merge_into(complaint)
        rows = (complaint | other).sudo()
        rows.message_subscribe((self.user_supervisor | self.user_supervisor2).partner_id.ids)
        self._pass_on(complaint)
        self.assertFalse(rows.message_partner_ids & (self.user_supervisor | self.user_supervisor2).partner_id)

    def test_a_place_of_the_other_community_is_taken(self):
        place = self.env["outsourcing.location"].create(
            {"name": "Building 9", "community_id": self.other_community.id}
        )
        complaint = self._accepted()
        self._pass_on(complaint, location_id=place)
        self.assertEqual(complaint.sudo().location_id, place)

    def test_what_binds_it_is_said_all_at_once(self):
        complaint = self._accepted()
        complaint.action_record_defect()
        complaint.judgement = "justified"
        complaint.charge_ids = [Command.create({"note": "Food", "amount": 20})]
        for phrase in (
            "stays in its community: a defect was recorded",
            "it is judged, which counts for the contractor here",
            "money is noted on it",
        ):
            with self.assertRefused(phrase):
                complaint.action_transfer()

    def test_what_is_ordered_stays(self):
        complaint = self._dispatched()
        with self.assertRefused(f"its work order is {complaint.task_id.name}"):
            complaint.action_transfer()

    def test_a_cancelled_order_lets_it_go(self):
        complaint = self._dispatched()
        complaint.task_id.with_user(self.user_supervisor)._close_orders("Wrong garden", "1_canceled")
        self._pass_on(complaint)
        self.assertEqual((complaint.sudo().contract_id.id, complaint.sudo().state), (False, "new"))

    def test_same_community_and_other_company_are_refused(self):
        complaint = self._accepted().with_user(self.user_manager)
        nowhere = self.env["outsourcing.location"], self.env["maintenance.equipment"]
        with self.assertRefused("It is in this community already"):
            complaint._transfer(self.community.with_user(self.user_manager), *nowhere, "No")
        with self.assertRefused("Write why it belongs there"):
            complaint._transfer(self.other_community.with_user(self.user_manager), *nowhere, " ")
        with self.assertRaises(AccessError):  # core's own
            self._report_matter()._transfer(
                self.other_community.with_user(self.user_supervisor), *nowhere, "There"
            )


@tagged("post_install", "-at_install")
class TestComplaintHotline(ComplaintCommon):
    """A case of 12345 has its number, once, and the moment by which it asks for the answer."""

    def _case(self, **vals):
        return self._report_matter(
            channel="hotline", hotline_number=" SZ-77 ", date_hotline_due="2099-01-01 00:00:00", **vals
        )

    def test_number_and_deadline_are_asked_for(self):
        with self.assertRefused("Enter the number under which 12345 passed it on, and by when"):
            self._report_matter(channel="hotline", hotline_number="SZ-1")
        with self.assertRefused("12345 asks for the answer after it was received"):
            self._report_matter(
                channel="hotline", hotline_number="SZ-1", date_hotline_due="2020-01-01 00:00:00"
            )

    def test_a_second_matter_of_a_case_keeps_its_deadline(self):
        case = self._case()
        case.action_accept()
        self._take(case, "action_split", "The corridor is dark as well")
        second = case.search([("split_from_id", "=", case.id)])
        self.assertEqual((second.channel, second.date_hotline_due), ("staff", case.date_hotline_due))

    def test_a_case_is_entered_once(self):
        case = self._case()
        self.assertEqual(case.hotline_number, "SZ-77")
        with self.assertRefused(f"Case SZ-77 of 12345 is entered already: {case.name}"):
            self._case()
        self._take(case, "action_reject", "Entered twice")
        self._case()
