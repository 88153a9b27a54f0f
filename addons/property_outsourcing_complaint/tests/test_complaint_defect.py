from odoo.tests import tagged

from .complaint_common import PHONE, ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintDefect(ComplaintCommon):
    """What a resident reported becomes a defect the contractor has to rectify, in one step."""

    def test_one_step_records_the_defect_and_opens_it(self):
        complaint = self._dispatched()
        action = complaint.action_record_defect()
        defect = self.env["outsourcing.defect"].browse(action["res_id"])
        self.assertRecordValues(
            defect,
            [
                {
                    "contract_id": self.contract.id,
                    "equipment_id": self.elevator.id,
                    "community_id": self.community.id,
                    "severity": "major",
                    "complaint_id": complaint.id,
                    "state": "open",
                }
            ],
        )
        self.assertIn("***", defect.description)
        self.assertNotIn(PHONE, defect.description.replace("-", ""))
        self.assertEqual(complaint.defect_count, 1)
        self.assertEqual(complaint.action_view_defects()["domain"], [("complaint_id", "in", complaint.ids)])

    def test_a_second_press_opens_the_same_defect(self):
        complaint = self._accepted()
        action = complaint.action_record_defect()
        self.assertEqual(complaint.action_record_defect()["res_id"], action["res_id"])

    def test_without_one_contract_it_says_what_to_do(self):
        complaint = self._accepted(
            problem_id=self.env.ref("property_outsourcing_complaint.problem_water_smell").id
        )
        with self.assertRefused("no contract, or more than one, covers this place and service"):
            complaint.action_record_defect()

    def test_what_nobody_took_up_shows_no_defect(self):
        with self.assertRefused("has to be taken up before it shows a defect"):
            self._report_matter().action_record_defect()

    def test_the_contractor_does_not_read_who_reported_it(self):
        complaint = self._accepted()
        defect = self.env["outsourcing.defect"].browse(complaint.action_record_defect()["res_id"])
        with self.assertRefused("You do not have enough rights", error=Exception):
            defect.with_user(self.portal_contractor).read(["complaint_id"])

    def test_nobody_links_a_defect_to_a_complaint_by_hand(self):
        complaint = self._dispatched()
        defect = self.env["outsourcing.defect"].browse(complaint.action_record_defect()["res_id"])
        with self.assertRefused("These values are written by the system alone"):
            defect.with_user(self.user_supervisor).complaint_id = False
