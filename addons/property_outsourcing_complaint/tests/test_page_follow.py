from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .page_common import PageCommon


@tagged("post_install", "-at_install")
class TestPageFollow(PageCommon):
    """The link of a reporter: what was promised and kept, messages, confirmation or return."""

    def _report_and_finish(self):
        """Return (link, complaint) of a report from the page whose order is done."""
        path = self._path(self._send())
        complaint = self._complaints().with_user(self.user_supervisor)
        complaint.action_accept()
        self._dispatch_matter(complaint)
        self._finish_order(complaint.task_id)
        return f"/outsourcing/{path}", complaint

    def test_the_resident_says_that_it_is_right(self):
        url, complaint = self._report_and_finish()
        text = self._open(url).text
        self.assertIn("Done, please confirm", text)
        self.assertIn("If we hear nothing until", text)
        forms = {form.action.rpartition("/")[2]: set(form.fields) for form in html.fromstring(text).forms}
        self.assertEqual(forms, {"confirm": {"stars", "comment"}, "return": {"reason"}, "write": {"text"}})
        for secret in (self.user_supervisor.name, self.contractor.name, self.performer.name):
            self.assertNotIn(secret, text)
        self._post(f"{url}/confirm", {"stars": "5", "comment": "Thank you"})
        self.assertRecordValues(
            complaint,
            [{"state": "confirmed", "confirmed_by": "resident", "stars": 5, "resident_comment": "Thank you"}],
        )
        self.assertEqual(self._facts("complaint_confirmed").contract_id, self.contract)

    def test_the_resident_returns_it(self):
        url, complaint = self._report_and_finish()
        self.assertIn("Write what is not right yet", self._post(f"{url}/return", {"reason": " "}).text)
        self._post(f"{url}/return", {"reason": "It jams again"})
        self.assertEqual((complaint.state, complaint.return_count), ("returned", 1))
        self.assertEqual(complaint.return_reason, "It jams again")
        self.assertIn(self._asked(complaint, "returned").user_id, self.user_supervisor)

    def test_confirming_and_returning_exclude_each_other(self):
        url, complaint = self._report_and_finish()
        self._post(f"{url}/confirm", {"stars": "4"})
        response = self._post(f"{url}/return", {"reason": "No, it jams"})
        self.assertEqual(response.status_code, 422)
        self.assertIn("This was answered already", response.text)
        self.assertEqual((complaint.state, complaint.return_count), ("confirmed", 0))

    def test_who_joined_by_me_too_does_not_confirm_for_who_reported_it_but_may_return_it(self):
        path = self._path(self._send())
        complaint = self._complaints().with_user(self.user_supervisor)
        complaint.action_accept()
        joined = self.env["outsourcing.complaint"]._join_known(self.code, complaint.id)
        self._dispatch_matter(complaint)
        self._finish_order(complaint.task_id)
        link = joined._get_path(joined.token)
        self.assertNotIn("/confirm", self._open(link).text)
        answer = self._post(f"{link}/confirm", {"stars": "5"})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Whoever reported it says whether it is right", answer.text)
        self.assertEqual(complaint.state, "done")
        self._post(f"{link}/return", {"reason": "It jams again"})
        self.assertEqual(complaint.state, "returned")
        self.assertIn("Not right yet", self._open(f"/outsourcing/{path}").text)

    def test_nobody_floods_the_desk_with_messages(self):
        url = f"/outsourcing/{self._path(self._send())}"
        complaint, person = self._complaints(), self._complaints().reporter_ids
        for number in range(20):
            complaint.sudo()._hear(person.sudo(), f"Message {number}")
        self.assertNotIn(
            "call the desk", self._post(f"{url}/write", {"text": "Message 19"}).text, "second tap"
        )
        self.assertIn("please call the desk", self._post(f"{url}/write", {"text": "One more"}).text)
        self.assertEqual(len(complaint.talk_ids), 20)

    def test_stars_are_one_to_five(self):
        url, complaint = self._report_and_finish()
        for stars in ("", "0", "6", "-1", "x", "9" * 40):
            self.assertIn("Give one to five stars", self._post(f"{url}/confirm", {"stars": stars}).text)
        self.assertEqual(complaint.state, "done")

    def test_both_sides_write_to_each_other(self):
        url = f"/outsourcing/{self._path(self._send())}"
        complaint = self._complaints().with_user(self.user_supervisor)
        self._post(f"{url}/write", {"text": "<b>Still dark</b>"})
        self.assertRecordValues(
            complaint.talk_ids,
            [{"direction": "in", "body": "<b>Still dark</b>", "reporter_id": complaint.reporter_ids.id}],
        )
        self.assertTrue(self._asked(complaint, "message"))
        self._take(complaint, "action_answer", "We come at six")
        self.assertFalse(self._asked(complaint, "message"))
        text = self._open(url).text
        self.assertIn("We come at six", text)
        self.assertIn("&lt;b&gt;Still dark", text)

    def test_a_reporter_of_a_merged_report_follows_the_other(self):
        path = f"/outsourcing/{self._path(self._send(description='Own words'))}"
        report, first = self._complaints().with_user(self.user_supervisor), self._dispatched()
        report._merge_into(first)
        self._finish_order(first.task_id)
        text = self._open(path).text
        self.assertIn(f"it goes on under {first.name}", text)
        self.assertIn("Own words", text)
        self.assertNotIn("139-1234-5678", text)
        self._post(f"{path}/return", {"reason": "Still stuck on the fifth floor"})
        self.assertEqual((first.state, report.state), ("returned", "merged"))

    def test_a_link_is_guessed_by_nobody(self):
        url, complaint = self._report_and_finish()
        other = self._report_matter().reporter_ids
        token = url.rpartition("/")[2]
        base = "/outsourcing/complaint"
        wrong = (f"{url}x", url[:-1], f"{url}%00", f"{url}é", f"{base}/{other.id}/{token}")
        for path in (*wrong, f"{base}/999999/x", f"{base}/2147483648/x"):
            with mute_logger("odoo.http", "odoo.sql_db"):
                self.assertEqual(self._open(path).status_code, 404, path)
                self.assertEqual(self._post(f"{path}/confirm", {"stars": "5"}).status_code, 404, path)
        self.assertEqual(complaint.state, "done")

    def test_a_revoked_link_is_dead_at_once(self):
        url, complaint = self._report_and_finish()
        complaint.reporter_ids.action_revoke_link()
        self.assertEqual(self._open(url).status_code, 404)

    def test_a_link_ends_some_days_after_the_end(self):
        url, complaint = self._report_and_finish()
        complaint._confirm("desk", 5)
        complaint.action_close()
        self.assertEqual(self._open(url).status_code, 200)
        self.assertIn("This matter is over", self._post(f"{url}/write", {"text": "More"}).text)
        complaint._gated().write({"date_closed": fields.Datetime.now() - timedelta(days=31)})
        self.env.flush_all()
        self.assertEqual(self._open(url).status_code, 404)

    def test_photos_are_seen_by_who_sent_them(self):
        url = f"/outsourcing/{self._path(self._send([self._photo()]))}"
        other = f"/outsourcing/{self._path(self._send())}"
        photo = self._complaints().photo_ids
        self.assertIn("image/", self._open(f"{url}/photo/{photo.id}").headers["Content-Type"])
        self.assertEqual(self._open(f"{other}/photo/{photo.id}").status_code, 404)
        file = f"/web/content/{photo._name}/{photo.id}/content"
        self.assertNotEqual(self._open(file).status_code, 200)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", photo._name), ("res_field", "!=", False)]
        )
        self.assertTrue(files)
        self.assertFalse(files.filtered("public"))

    def test_a_second_matter_is_followed_with_its_photos(self):
        url = f"/outsourcing/{self._path(self._send([self._photo()]))}"
        first = self._complaints().with_user(self.user_supervisor)
        self._take(first, "action_split", "The corridor is dark as well")
        second = self._complaints() - first
        self.assertEqual(second.photo_ids.reporter_id, second.reporter_ids)
        self.assertEqual(second.photo_ids.content, first.sudo().photo_ids.content)
        person = second.reporter_ids.sudo()
        link = person._get_path(person.token)
        self.assertIn(f'href="{link}"', self._open(url).text)
        page = self._open(link).text
        self.assertIn("The corridor is dark as well", page)
        self.assertIn(f"{link}/photo/{second.photo_ids.id}", page)

    def test_photos_and_link_are_erased_with_the_person(self):
        url = f"/outsourcing/{self._path(self._send([self._photo()]))}"
        complaint = self._complaints()
        long_ago = fields.Datetime.now() - timedelta(days=800)
        complaint._gated().write({"state": "rejected", "date_closed": long_ago})
        self.env["outsourcing.complaint"]._cron_erase()
        self.assertFalse(complaint.photo_ids)
        self.assertFalse(complaint.reporter_ids.sudo().token)
        self.assertEqual(self._open(url).status_code, 404)

    def test_ten_known_matters_cost_the_page_no_more_queries(self):
        self._report_matter()
        self._report_matter()
        self._open()

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._open()
            return self.env.cr.sql_log_count - before

        two = count()
        for _number in range(8):
            self._report_matter()
        self.assertLessEqual(count(), two + 2)
