from datetime import timedelta

from odoo import fields
from odoo.tests import Form, tagged

from .complaint_common import ComplaintCommon, freeze_time


@tagged("post_install", "-at_install")
class TestComplaintMerge(ComplaintCommon):
    """Twelve reports, one matter; everybody who reported it follows the one that goes on."""

    def test_what_is_open_at_the_same_place_is_offered(self):
        first, second = self._dispatched(), self._report_matter()
        action = second.action_merge()
        wizard = Form(second.env[action["res_model"]].with_context(**action["context"]))
        self.assertEqual(wizard.target_id, first)
        wizard.save().action_confirm()
        self.assertEqual((second.state, second.merged_into_id), ("merged", first))
        self.assertEqual(first.reporter_count, 2)
        self.assertIn("it goes on under", second.talk_ids.body)

    def test_reports_merged_before_follow_as_well(self):
        first, second, third = (self._report_matter() for _number in range(3))
        third._merge_into(second)
        second._merge_into(first)
        self.assertEqual(third.merged_into_id, first)
        self.assertEqual(first.reporter_count, 3)

    def test_nothing_is_merged_into_what_is_over(self):
        first, second = self._report_matter(), self._report_matter()
        self._take(first, "action_reject", "No")
        with self.assertRefused("nothing more is merged into it"):
            second._merge_into(first)

    def test_nothing_is_merged_into_itself_or_across_communities(self):
        first = self._report_matter()
        with self.assertRefused("is not merged into itself"):
            first._merge_into(first)
        other = (
            self.env["outsourcing.complaint"]
            .with_user(self.user_manager)
            .create({"community_id": self.other_community.id, "problem_id": self.stuck.id})
        )
        with self.assertRefused("Only reports of one community"):
            first.with_user(self.user_manager)._merge_into(other)

    def test_what_has_an_order_of_its_own_is_not_merged(self):
        first, second = self._report_matter(), self._dispatched()
        with self.assertRefused("cannot become"):
            second._merge_into(first)

    def test_the_earliest_deadline_is_kept(self):
        first = self._report_matter(priority="p2")
        due = fields.Datetime.now() + timedelta(minutes=20)
        case = self._report_matter(
            channel="hotline", hotline_number="SZ-9", date_hotline_due=due, priority="p3"
        )
        own = first.date_finish_due
        self.assertGreater(own, due)
        case._merge_into(first)
        self.assertEqual(first.date_finish_due, due)

    def test_a_deadline_that_was_over_before_the_return_is_past(self):
        first = self._done()
        case = self._report_matter()
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            self._take(first, "action_return", "Stands again")
            case._merge_into(first)
            self.assertGreater(first.date_finish_due, fields.Datetime.now())

    def test_merging_thirty_takes_as_many_queries_as_merging_two(self):
        target = self._report_matter()

        def count(number):
            reports = target.browse().union(*(self._report_matter() for _n in range(number)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            reports._merge_into(target)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertLessEqual(count(30) - count(2), 28)
