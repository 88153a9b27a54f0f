from odoo.tests import tagged
from odoo.tools import mute_logger

from .page_common import PageCommon


@tagged("post_install", "-at_install")
class TestPageBadInput(PageCommon):
    """What machines and accidents send: one clear sentence, nothing lost, nothing doubled."""

    def _stamped(self, **vals):
        """Return a filled form without fetching the page first."""
        forms = self.env["outsourcing.complaint.form"]
        stamp = forms._make_stamp(self.code.code)
        _key, first, second = forms._read_stamp(self.code.code, stamp)
        answer = str(first + second)
        return {"stamp": stamp, "answer": answer, "problem_id": str(self.stuck.id), "kind": "repair", **vals}

    def test_a_flood_from_one_place_is_led_to_the_desk(self):
        self.community.complaint_phone = "020-123"
        self.company.outsourcing_complaint_hour_limit = 5
        answers = [self._post(f"{self.url}/send", self._stamped(description=f"No {n}")) for n in range(40)]
        self.assertEqual(len(self._complaints()), 5)
        self.assertEqual({response.status_code for response in answers[5:]}, {422})
        self.assertIn("please call the desk, 020-123", answers[-1].text)
        self.assertIn("No 39", answers[-1].text)
        self.assertEqual(self.env["outsourcing.complaint.form"].search_count([]), 5)
        self.assertEqual(self._open().status_code, 200)

    @mute_logger("odoo.http", "werkzeug")
    def test_a_hundred_megabytes_are_refused_with_a_sentence(self):
        companies = self.env["res.company"].search([])  # a visitor is of none
        companies.write({"outsourcing_photo_max_mb": 1, "outsourcing_video_max_mb": 1})
        heavy = b"\xff\xd8\xff" + b"x" * (8 * 1024 * 1024)
        response = self._post(
            f"{self.url}/send", self._stamped(), [("files", ("x.jpg", heavy, "image/jpeg"))]
        )
        self.assertEqual(response.status_code, 413)
        self.assertIn("too large", response.text)
        self.assertFalse(self._complaints())

    def test_one_file_above_its_limit_is_named_and_what_was_typed_stays(self):
        self.company.write({"outsourcing_photo_max_mb": 1, "outsourcing_video_max_mb": 1})
        heavy = self._photo()[1][1] + b"x" * (2 * 1024 * 1024)
        data = self._stamped(description="Half an hour ago")
        response = self._post(f"{self.url}/send", data, [("files", ("lift.jpg", heavy, "image/jpeg"))])
        self.assertIn("lift.jpg is too large: at most 1 MB", response.text)
        self.assertIn("Half an hour ago", response.text)
        self._post(f"{self.url}/send", data)
        self.assertEqual(len(self._complaints()), 1)

    def test_a_community_without_a_contract_is_taken_up_all_the_same(self):
        self.contract._gated().state = "completed"
        self._post(f"{self.url}/send", self._stamped())
        complaint = self._complaints().with_user(self.user_supervisor)
        complaint.action_accept()
        self._dispatch_matter(complaint, way="staff", user_id=self.user_supervisor2)
        self.assertEqual((complaint.state, complaint.own_user_id), ("dispatched", self.user_supervisor2))

    def test_numbers_texts_and_choices_that_do_not_exist_are_no_error(self):
        for vals in (
            {"problem_id": "9" * 30}, {"problem_id": "-1"}, {"kind": "\x00"}, {"wish": "\x00" * 90},
            {"description": "\x00\ud83d".encode("utf-8", "ignore").decode() + "x" * 100_000},
        ):  # fmt: skip
            response = self._post(f"{self.url}/send", self._stamped(**{"description": "Dark", **vals}))
            self.assertEqual(response.status_code, 200, vals)
