import socket

import requests

from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import tagged
from odoo.tests.common import HOST
from odoo.tools import mute_logger

from .common import SIGNATURE, PortalCommon, draw_signature

KEY = "0123456789abcdef0123456789abcdef"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@tagged("post_install", "-at_install")
class TestPortalOnce(PortalCommon):
    """A form that comes again with its key is recorded once and gets the same answer."""

    def setUp(self):
        super().setUp()
        self._log_in(self.portal_contractor)
        self.place = f"{self.contract.id}-{self.community.id}"

    def _post(self, path, data=None, key=KEY, files=None, **kwargs):
        return self._send(
            f"/my/outsourcing/{path}",
            {"client_key": key, **(data or {})},
            files=files,
            headers=SCRIPT,
            **kwargs,
        )

    def _get_logs(self):
        return self.env["outsourcing.site.log"].search([("contract_id", "=", self.contract.id)])

    def test_new_log_twice_is_one_log_with_the_same_answer(self):
        first = self._post("logs/create", {"place": self.place})
        second = self._post("logs/create", {"place": self.place})
        log = self._get_logs()
        self.assertEqual(len(log), 1)
        self.assertEqual(first.json()["url"], f"/my/outsourcing/logs/{log.id}")
        self.assertEqual(first.json()["key"], KEY)
        self.assertEqual(second.json(), {**first.json(), "again": True})

    def test_plain_form_sent_twice_leads_to_the_same_page(self):
        for _time in range(2):
            page = self._send("/my/outsourcing/logs/create", {"client_key": KEY, "place": self.place})
            self.assertTrue(page.url.endswith(f"/my/outsourcing/logs/{self._get_logs().id}"))

    def test_same_key_with_other_content_is_told_and_not_recorded(self):
        self._post("logs/create", {"place": self.place})
        answer = self._post("logs/create", {"place": self.place, "date": "2026-01-05"})
        self.assertEqual(answer.status_code, 409)
        self.assertIn("already recorded", answer.json()["error"])
        self.assertEqual(len(self._get_logs()), 1)

    def test_two_phones_of_one_login_hand_in_one_log_and_keep_all_photos(self):
        self._post("logs/create", {"place": self.place})
        log = self._get_logs()
        for number in range(2):
            self._log_in(self.portal_contractor)  # another phone, another session
            self._post(
                f"logs/{log.id}/evidence", {"phase": "during"}, f"{number}" * 32, [("files", self._photo())]
            )
        form = {"headcount": "2", "weather": "sunny"}
        first = self._post(f"logs/{log.id}/submit", {**form, "content": "Greased"}, "a" * 32)
        second = self._post(f"logs/{log.id}/submit", {**form, "content": "Oiled"}, "b" * 32)
        self.assertEqual((first.status_code, second.status_code), (200, 422))
        self.assertIn("already submitted", second.json()["error"])
        log.invalidate_recordset()
        self.assertEqual((log.content, log.evidence_count), ("Greased", 2))

    def test_refused_form_may_come_again_with_its_key(self):
        defect = self._create_defect()
        answer = self._post(f"defects/{defect.id}/rectify", {"note": ""})
        self.assertEqual((answer.status_code, answer.json()["error"]), (422, "Write what was done."))
        photo = [("files", self._photo())]
        self.assertEqual(
            self._post(f"defects/{defect.id}/rectify", {"note": "Lamp"}, files=photo).status_code, 200
        )
        self.assertEqual(defect.state, "rectified")

    def test_nobody_in_the_house_reads_who_has_sent_what(self):
        self._post("logs/create", {"place": self.place})
        posts = self.env["outsourcing.portal.post"].sudo()
        self.assertTrue(posts.search([("user_id", "=", self.portal_contractor.id)]))
        for user in (
            self.user_manager,
            self.user_admin,
            self.env.ref("base.user_admin"),
            self.portal_contractor,
        ):
            with self.assertRaises(AccessError, msg=user.name):  # core's own
                posts.with_user(user).search_count([("path", "ilike", "bids")])

    def test_key_of_another_person_is_refused(self):
        self._post("logs/create", {"place": self.place})
        answer = self._post("logs/create", {"place": self.place}, user=self.colleague)
        self.assertEqual(answer.status_code, 409)
        self.assertIn("belongs to another login", answer.json()["error"])
        self.assertEqual(len(self._get_logs()), 1)

    def test_form_written_by_another_person_is_refused(self):
        data = {"place": self.place, "client_user": self.portal_contractor.id}
        answer = self._post("logs/create", data, user=self.colleague)
        self.assertEqual(answer.status_code, 409)
        self.assertIn("somebody else has written this", answer.json()["error"])
        self.assertFalse(self._get_logs())

    def test_unreadable_key_is_refused_in_a_sentence(self):
        for key in ("x", "%" * 40, "a" * 65):
            answer = self._post("logs/create", {"place": self.place}, key=key)
            self.assertIn("key of the form is not valid", answer.json()["error"])
        self.assertFalse(self._get_logs())

    def test_session_that_is_over_is_told_to_the_script(self):
        self._log_in(None)
        answer = self._post("logs/create", {"place": self.place})
        self.assertEqual(answer.status_code, 401)
        self.assertIn("logged out", answer.json()["error"])

    def test_ping_tells_who_is_logged_in(self):
        self.assertEqual(self._send_json("/my/outsourcing/ping", {})[0]["uid"], self.portal_contractor.id)
        self._log_in(None)
        self.assertFalse(self._send_json("/my/outsourcing/ping", {})[0]["uid"])

    # ---- photos -----------------------------------------------------------------------------------------

    def test_photo_sent_twice_is_one_photo(self):
        defect, photo = self._create_defect(), [("files", self._photo())]
        answers = [self._post(f"defects/{defect.id}/evidence", files=photo).json() for _time in range(2)]
        self.assertEqual(answers[0]["files"], answers[1]["files"])
        self.assertEqual(defect.evidence_count, 1)

    def _break_off(self, path, data, files):
        """Post half of a form, as a line that dies does."""
        data = {**data, "csrf_token": Request.csrf_token(self)}
        with self.allow_requests():
            form = self.opener.prepare_request(
                requests.Request("POST", self.base_url() + path, headers=SCRIPT, data=data, files=files)
            )
            head = [
                f"POST {path} HTTP/1.1",
                f"Host: {HOST}",
                *(f"{name}: {form.headers[name]}" for name in form.headers),
            ]
            with socket.create_connection((HOST, self.http_port())) as line:
                line.sendall("\r\n".join([*head, "", ""]).encode() + form.body[: len(form.body) // 2])
                line.shutdown(socket.SHUT_WR)
                line.settimeout(20)
                while line.recv(4096):
                    pass
        self.env.invalidate_all()

    @mute_logger("odoo.http", "werkzeug")
    def test_half_a_photo_is_nothing_and_comes_again_whole(self):
        defect = self._create_defect()
        path, photo = f"defects/{defect.id}/evidence", [("files", self._photo())]
        self._break_off(f"/my/outsourcing/{path}", {"client_key": KEY}, photo)
        self.assertFalse(defect.evidence_count)
        self.assertFalse(self.env["outsourcing.portal.post"].sudo().search([("client_key", "=", KEY)]))
        self.assertEqual(len(self._post(path, files=photo).json()["files"]), 1)
        self.assertEqual(defect.evidence_count, 1)

    def test_same_photo_under_another_key_is_told(self):
        defect, photo = self._create_defect(), [("files", self._photo())]
        self._post(f"defects/{defect.id}/evidence", files=photo)
        answer = self._post(f"defects/{defect.id}/evidence", key="f" * 32, files=photo).json()
        self.assertIn("is here already", answer["notice"])
        self.assertEqual(defect.evidence_count, 1)

    def test_wrong_photo_is_removed_until_it_is_handed_in(self):
        defect = self._create_defect()
        row = self._post(f"defects/{defect.id}/evidence", files=[("files", self._photo())]).json()["files"][0]
        self._post(f"evidence/{row['id']}/remove", key="1" * 32)
        self.assertFalse(defect.evidence_ids)
        self.assertIn("SHA-256", defect.message_ids[0].body)
        photo = [("files", self._photo())]
        row = self._post(
            f"defects/{defect.id}/evidence", {"phase": "after"}, key="2" * 32, files=photo
        ).json()
        self._post(f"defects/{defect.id}/rectify", {"note": "New lamp"}, key="3" * 32)
        answer = self._post(f"evidence/{row['files'][0]['id']}/remove", key="4" * 32)
        self.assertIn("no longer takes photos", answer.json()["error"])
        self.assertEqual(defect.evidence_count, 1)

    def test_photo_of_a_colleague_is_not_removed(self):
        defect = self._create_defect()
        row = self._post(f"defects/{defect.id}/evidence", files=[("files", self._photo())]).json()["files"][0]
        answer = self._post(f"evidence/{row['id']}/remove", key="5" * 32, user=self.colleague)
        self.assertIn("only who sent a photo removes it", answer.json()["error"])
        self.assertEqual(defect.evidence_count, 1)

    # ---- signatures -------------------------------------------------------------------------------------

    def test_signature_is_more_than_a_dot_within_its_field(self):
        acceptance = self._create_acceptance()
        url = f"acceptances/{acceptance.id}/sign"
        dot, cut = draw_signature((300, 100), (305, 104)), draw_signature((300, 100), (700, 100))
        for picture, sentence in ((dot, "more than a dot"), (cut, "left the field")):
            data = {"result": "pass", "signer_name": "Chen", "signature": picture}
            self.assertIn(sentence, self._post(url, data).json()["error"])
        self.assertEqual(acceptance.state, "self_check")

    def test_signing_twice_signs_once(self):
        acceptance = self._create_acceptance()
        data = {"result": "pass", "signer_name": "Chen", "signature": SIGNATURE}
        answers = [self._post(f"acceptances/{acceptance.id}/sign", data) for _time in range(2)]
        self.assertEqual([answer.status_code for answer in answers], [200, 200])
        self.assertEqual(acceptance.state, "property_check")
