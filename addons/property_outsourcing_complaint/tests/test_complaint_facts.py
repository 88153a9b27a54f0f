from odoo.tests import tagged

from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintFacts(ComplaintCommon):
    """What residents say of a contractor's work is counted for scorecards and clauses."""

    def test_rates_have_their_denominator(self):
        types = self.env["outsourcing.fact"]._get_fact_types()
        for code in ("complaint_returned", "complaint_confirmed", "complaint_late", "complaint_repeated"):
            self.assertEqual(types[code].denominator, "complaint_handled")

    def test_done_returned_and_confirmed_are_counted(self):
        complaint = self._done()
        self.assertEqual(self._facts("complaint_handled").contract_id, self.contract)
        self._take(complaint, "action_return", "The door still jams")
        self._dispatch_matter(complaint)
        self._finish_order(complaint.task_id)
        complaint._confirm("desk", 4)
        self.assertEqual(len(self._facts("complaint_handled")), 1)
        self.assertEqual(len(self._facts("complaint_returned")), 1)
        self.assertEqual(len(self._facts("complaint_confirmed")), 1)
        self.assertEqual(self._facts("complaint_stars").value, 4.0)
        self.assertEqual(len(self._facts("complaint_finish_hours")), 1)

    def test_late_and_repeated_work_is_counted_once_it_is_done(self):
        complaint = self._dispatched()
        complaint.sudo()._gated().write({"date_received": "2020-01-01 00:00:00"})
        self.env.flush_all()
        complaint.sudo()._gated().write({"is_repeated": True})
        self._finish_order(complaint.task_id)
        for code in ("complaint_late", "complaint_repeated"):
            self.assertEqual(self._facts(code).contract_id, self.contract, code)

    def test_own_staff_counts_against_no_contractor(self):
        complaint = self._accepted()
        self._dispatch_matter(complaint, way="staff", user_id=self.user_supervisor2)
        self._take(complaint, "action_done", "Done")
        self.assertFalse(self._facts("complaint_handled"))

    def test_what_own_staff_does_after_a_return_counts_for_no_contractor(self):
        complaint = self._done()
        self._take(complaint, "action_return", "The door still jams")
        self._dispatch_matter(complaint, way="staff", user_id=self.user_supervisor2)
        self._take(complaint, "action_done", "Adjusted")
        self._take(complaint, "action_return", "It jams again")
        self.assertEqual(len(self._facts("complaint_returned")), 1)
        self._take(complaint, "action_done", "Adjusted once more")
        complaint._confirm("desk", 5)
        self.assertFalse(self._facts("complaint_stars") | self._facts("complaint_confirmed"))
        self.assertEqual(len(self._facts("complaint_handled")), 1)

    def test_a_justified_complaint_counts_until_it_is_judged_otherwise(self):
        complaint = self._dispatched(kind="complaint")
        complaint.judgement = "justified"
        fact = self._facts("complaint")
        self.assertEqual((fact.contract_id, fact.community_id), (self.contract, self.community))
        complaint.judgement = "unjustified"
        self.assertFalse(self._facts("complaint"))

    def test_praise_is_no_complaint(self):
        complaint = self._dispatched(kind="praise")
        complaint.judgement = "justified"
        self.assertFalse(self._facts("complaint"))
