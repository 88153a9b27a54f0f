from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .complaint_common import PHONE, ComplaintCommon, freeze_time

SECRET = "Zebra-Quartz"  # stands in whatever the resident says
NUMBER = "138 0000 9999"
SPELT = f"{PHONE[:3]} {PHONE[3:7]}-{PHONE[7:]}"
# the order that the contractor was given, what is counted of it, the dialogue of an hour
KEPT = ("project_task", "outsourcing_fact", "outsourcing_complaint_dispatch")


@tagged("post_install", "-at_install")
class TestComplaintWords(ComplaintCommon):
    """What a resident said is for the desk alone, and forgotten with the person."""

    def _told(self, order):
        order = order.with_env(self.env)
        return "\n".join(
            map(
                str,
                (
                    order.name,
                    order.description,
                    order.outsourcing_reopen_reason,
                    *order.message_ids.mapped("body"),
                ),
            )
        )

    def test_numbers_in_what_is_wrong_again_do_not_reach_the_contractor(self):
        complaint = self._done()
        complaint.sudo()._return_from_page(f"Still jams, ring {NUMBER}")
        self._dispatch_matter(complaint)
        self.assertIn("Still jams", self._told(complaint.task_id))
        self.assertNotIn(NUMBER, self._told(complaint.task_id))

    def test_the_desk_does_not_pass_on_the_number_of_a_reporter_either(self):
        complaint = self._accepted()
        self._dispatch_matter(complaint, instruction=f"Ring {PHONE} or {SPELT} on 2026-12-01")
        self.assertNotIn(PHONE, self._told(complaint.task_id))
        self.assertNotIn(SPELT, self._told(complaint.task_id))
        self.assertIn("2026-12-01", self._told(complaint.task_id))
        self._finish_order(complaint.task_id)
        self._take(complaint, "action_return", "Jams")
        self._dispatch_matter(complaint, instruction=f"Ring {SPELT} first")
        self.assertNotIn(SPELT, self._told(complaint.task_id))

    def test_a_fact_names_the_complaint_and_not_what_was_said(self):
        complaint = self._dispatched(problem_id=False, description=f"{SECRET}, {PHONE}", kind="complaint")
        complaint.judgement = "justified"
        fact = self._facts("complaint")
        self.assertEqual(fact.source_name, complaint.name)
        other = self._dispatched(kind="complaint")
        other.judgement = "justified"
        self.assertEqual((self._facts("complaint") - fact).source_name, f"{other.name} {self.stuck.name}")

    def test_nothing_that_was_said_is_left_once_it_is_erased(self):
        people = [Command.create({"name": SECRET, "phone": PHONE, "room": SECRET})]
        complaint = self._dispatched(problem_id=False, description=SECRET, wish=SECRET, reporter_ids=people)
        self._finish_order(complaint.task_id)
        complaint.sudo()._return_from_page(SECRET)
        self._dispatch_matter(complaint)
        self._finish_order(complaint.task_id)
        complaint.sudo()._hear(complaint.sudo().reporter_ids, SECRET)
        complaint._confirm("desk", 5, SECRET)
        complaint.action_close()
        with freeze_time(fields.Datetime.now() + relativedelta(months=13)):
            self.env.cr.precommit.run()  # what is tracked
            self.env["outsourcing.complaint"]._cron_erase()
            self.env.cr.precommit.run()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        left = []
        for (table,) in self.env.cr.fetchall():
            query = f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s'  # pylint: disable=sql-injection
            self.env.cr.execute(query, [f"%{SECRET}%"])
            left += [table] if self.env.cr.fetchone() else []
        self.assertFalse(set(left) - set(KEPT))

    def test_why_it_was_not_taken_up_is_erased_as_well(self):
        complaint = self._report_matter()
        self._take(complaint, "action_reject", SECRET)
        self.env.cr.precommit.run()  # what is tracked
        self.env["outsourcing.complaint"]._cron_erase()
        self.assertIn(SECRET, complaint.end_reason)
        with freeze_time(fields.Datetime.now() + relativedelta(months=13)):
            self.env["outsourcing.complaint"]._cron_erase()
        values = complaint.message_ids.sudo().tracking_value_ids
        self.assertNotIn(SECRET, complaint.end_reason)
        self.assertFalse(
            values.filtered(lambda row: SECRET in (row.new_value_char or row.new_value_text or ""))
        )

    def test_a_reporter_is_not_moved_to_another_complaint(self):
        complaint, other = self._report_matter(), self._report_matter()
        person = complaint.reporter_ids
        with self.assertRefused("These values are written by the system alone: Complaint."):
            person.complaint_id = other
        with self.assertRefused("These values are written by the system alone: Complaint."):
            other.write({"reporter_ids": [Command.link(person.id)]})
        person.write({"complaint_id": complaint.id, "room": "3-502"})
        self.assertEqual(person.room, "3-502")

    def test_what_was_late_does_not_become_timely_by_another_priority(self):
        complaint = self._dispatched()
        with freeze_time(fields.Datetime.now() + relativedelta(days=3)):
            self._finish_order(complaint.task_id)
            self.assertTrue(complaint.is_late)
            due = complaint.date_finish_due
            complaint.priority = "p3"
            self.assertEqual((complaint.is_late, complaint.date_finish_due), (True, due))
            self._take(complaint, "action_return", "Jams")
            self.assertGreater(complaint.date_finish_due, due)

    def test_what_is_said_twice_by_a_second_tap_is_said_once(self):
        complaint = self._report_matter().sudo()
        for text in ("When?", "When?", "Today?"):
            complaint._hear(complaint.reporter_ids, text)
        self.assertEqual(sorted(complaint.talk_ids.mapped("body")), ["Today?", "When?"])
