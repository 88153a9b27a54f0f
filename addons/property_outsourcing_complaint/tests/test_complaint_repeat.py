from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .complaint_common import ComplaintCommon, freeze_time


@tagged("post_install", "-at_install")
class TestComplaintRepeat(ComplaintCommon):
    """The same problem at the same place again: flagged where people look, and somebody finds the cause."""

    def _done_before(self, days, **vals):
        """Return a complaint that was done so many days ago."""
        with freeze_time(fields.Datetime.now() - timedelta(days=days)):
            complaint = self._accepted(**vals)
            self._take(complaint, "action_done", "Oiled the door")
            self.env.flush_all()
        return complaint

    def test_the_third_time_within_the_days_is_flagged(self):
        first, second = self._done_before(20), self._done_before(10)
        third = self._report_matter()
        complaints = first | second | third
        self.assertEqual(complaints.mapped("repeat_number"), [1, 2, 3])
        self.assertEqual(complaints.mapped("is_repeated"), [False, False, True])
        self.assertEqual(third.search([("is_repeated", "=", True)]), third)

    def test_older_other_and_unfinished_matters_are_not_counted(self):
        self._done_before(31)
        self._done_before(
            5, problem_id=self.env.ref("property_outsourcing_complaint.problem_elevator_door").id
        )
        self._done_before(5, equipment_id=False, location_id=self.building.id)
        self._done_before(5, kind="praise")
        self._accepted()
        self.assertEqual(self._report_matter().repeat_number, 1)

    def test_window_and_count_are_settings(self):
        self.company.write({"outsourcing_complaint_repeat_days": 40, "outsourcing_complaint_repeat_count": 2})
        self._done_before(31)
        self.assertTrue(self._report_matter().is_repeated)
        with self.assertRefused("complaint_repeat_sensible", error=Exception), mute_logger("odoo.sql_db"):
            self.company.outsourcing_complaint_repeat_count = 1
            self.env.flush_all()

    def test_whoever_takes_it_up_is_asked_for_the_cause(self):
        self.company.outsourcing_complaint_repeat_count = 2
        self._done_before(5)
        complaint = self._report_matter()
        self.assertFalse(self._asked(complaint, "repeated"))
        complaint.action_accept()
        self.assertIn("for the 2. time", self._asked(complaint, "repeated").summary)
        complaint.cause_id = self.env.ref("property_outsourcing_complaint.cause_wear")
        self.assertTrue(self._asked(complaint, "repeated"))
        complaint.measure = "A new door operator"
        self.assertFalse(self._asked(complaint, "repeated"))

    def test_lift_and_place_are_flagged_as_long_as_it_is_fresh(self):
        self.company.outsourcing_complaint_repeat_count = 2
        self._done_before(5)
        self._report_matter()
        for place, other in (
            (self.elevator, self.elevator.copy({"name": "Other", "outsourcing_barcode": False})),
            (self.building, self.building.copy({"name": "Building 4", "barcode": False})),
        ):
            place, other = place.with_user(self.user_supervisor), other.with_user(self.user_supervisor)
            flagged = place.search([("has_repeated_complaints", "=", True)])
            self.assertEqual((place | other) & flagged, place)
            self.assertEqual((place.complaint_count, place.has_repeated_complaints), (2, True))
            self.assertFalse(other.has_repeated_complaints)
            with freeze_time(fields.Datetime.now() + timedelta(days=31)):
                self.assertNotIn(place, place.search([("has_repeated_complaints", "=", True)]))

    def test_the_kind_of_cause_is_said_after_the_end_its_words_stay(self):
        complaint = self._accepted()
        self._take(complaint, "action_reject", "Not ours")
        complaint.cause_id = self.env.ref("property_outsourcing_complaint.cause_use")
        with self.assertRefused("can no longer be changed"):
            complaint.measure = "A sign"

    def test_thirty_reports_are_counted_in_one_query(self):
        def count(number):
            reports = self.env["outsourcing.complaint"].union(
                *(self._report_matter() for _n in range(number))
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env.add_to_compute(reports._fields["repeat_number"], reports)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(30), count(2))
