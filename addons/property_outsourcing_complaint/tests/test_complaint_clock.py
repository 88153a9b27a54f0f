from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .complaint_common import START, ComplaintCommon, freeze_time


@tagged("post_install", "-at_install")
class TestComplaintClock(ComplaintCommon):
    """Limits by kind and priority, on the hours of the community's desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Desk",
                "tz": "Asia/Shanghai",
                "company_id": cls.company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {"name": f"Day {day}", "dayofweek": str(day), "hour_from": 9, "hour_to": 17}
                    )
                    for day in range(5)
                ],
            }
        )
        cls.community.complaint_calendar_id = cls.calendar
        cls.smell = cls.env.ref("property_outsourcing_complaint.problem_water_smell")

    def _at(self, moment, **vals):
        with freeze_time(moment):
            return self._report_matter(
                **{
                    "problem_id": self.smell.id,
                    "equipment_id": False,
                    "location_id": self.building.id,
                    **vals,
                }
            )

    def test_normal_matters_run_in_the_hours_of_the_desk(self):
        complaint = self._at(START)  # Monday, ten o'clock in Shanghai; 24 working hours to finish
        self.assertEqual(complaint.date_accept_due, START + timedelta(hours=2))
        self.assertEqual(complaint.date_finish_due, START + timedelta(days=3))

    def test_urgent_matters_run_around_the_clock(self):
        night = START + timedelta(hours=12)
        complaint = self._at(night, problem_id=self.stuck.id, equipment_id=self.elevator.id)
        self.assertEqual(complaint.date_accept_due, night + timedelta(minutes=30))
        self.assertEqual(complaint.date_finish_due, night + timedelta(hours=24))

    def test_a_holiday_entered_later_moves_the_deadline(self):
        complaint = self._at(START)
        begin = START.replace(hour=0) + timedelta(days=1)
        with freeze_time(START):
            self.env["resource.calendar.leaves"].create(
                {
                    "name": "Holiday",
                    "calendar_id": self.calendar.id,
                    "company_id": self.company.id,
                    "date_from": begin,
                    "date_to": begin + timedelta(hours=12),
                }
            )
        self.assertEqual(complaint.date_finish_due, START + timedelta(days=4))

    def test_the_deadline_of_12345_is_kept_if_it_is_earlier(self):
        due = START + timedelta(hours=5)
        complaint = self._at(START, channel="hotline", hotline_number="SZ-77", date_hotline_due=due)
        self.assertEqual(complaint.date_finish_due, due)

    def test_what_burns_first_is_waited_for_first(self):
        complaint = self._at(START)
        self.assertEqual(complaint.next_step, "accept")
        with freeze_time(START + timedelta(hours=3)):
            complaint.invalidate_recordset(["is_overdue"])
            self.assertTrue(complaint.is_overdue)
            self.assertIn(complaint, complaint.search([("is_overdue", "=", True)]))
            complaint.action_accept()
            self.assertEqual(complaint.next_step, "answer")
            self.assertFalse(complaint.is_overdue)

    def test_hours_are_those_of_the_same_clock(self):
        complaint = self._at(START)
        with freeze_time(START + timedelta(days=1)):
            complaint.action_accept()
            self._take(complaint, "action_done", "Cleaned")
            self.env.flush_all()
        self.assertEqual((complaint.hours_to_finish, complaint.is_late), (8.0, False))

    def test_a_return_starts_the_last_limit_anew(self):
        complaint = self._at(START)
        later = START + timedelta(days=7)
        with freeze_time(later):
            complaint.action_accept()
            self._take(complaint, "action_done", "Cleaned")
            self._take(complaint, "action_return", "Smells again")
        self.assertEqual(complaint.date_finish_due, later + timedelta(days=3))
        self.assertEqual(complaint.next_step, "finish")

    def test_nothing_is_received_in_the_future(self):
        with self.assertRefused("was received before now"):
            self._report_matter(date_received=datetime.now() + timedelta(days=1))
