from odoo.tests import tagged

from .common import PortalCommon

SECRET = "The price is too high"


@tagged("post_install", "-at_install")
class TestPortalTalkRights(PortalCommon):
    """What staff says among itself never reaches the portal, by whatever door of core."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order()
        cls.documents = [
            cls.order, cls._create_defect(), cls._create_score(), cls._create_adjustment(), cls.contract,
        ]  # fmt: skip
        for document in cls.documents:
            staff = document.with_user(cls.user_manager)
            staff.message_post(body=SECRET, message_type="comment", subtype_xmlid="mail.mt_comment")
            staff.message_post(body=SECRET, message_type="comment", subtype_xmlid="mail.mt_note")

    def _fetch(self, path, document, **params):
        names = {"thread_model": document._name, "thread_id": document.id, **params}
        return str(self._send_json(path, names))

    def test_scripts_read_no_comment_of_staff(self):
        self._log_in(self.portal_contractor)
        for document in self.documents:
            with self.subTest(model=document._name):
                domain = [["model", "=", document._name], ["res_id", "=", document.id]]
                params = {
                    "model": "mail.message",
                    "method": "search_read",
                    "args": [domain, ["body"]],
                    "kwargs": {},
                }
                self.assertNotIn(SECRET, str(self._send_json("/web/dataset/call_kw", params)))
                ids = document.message_ids.ids
                params = {"model": "mail.message", "method": "read", "args": [ids, ["body"]], "kwargs": {}}
                self.assertNotIn(SECRET, str(self._send_json("/web/dataset/call_kw", params)))

    def test_the_routes_of_core_show_no_comment_of_staff(self):
        self._log_in(self.portal_contractor)
        for document in self.documents:
            with self.subTest(model=document._name):
                self.assertNotIn(SECRET, self._fetch("/mail/thread/messages", document))
                self.assertNotIn(SECRET, self._fetch("/mail/chatter_fetch", document))
                self.assertNotIn(SECRET, self._fetch("/portal/chatter_init", document))

    def test_the_token_of_a_document_opens_no_comment_of_staff(self):
        self._log_in(self.portal_contractor)
        for document in self.documents:
            if "access_token" not in document._fields:
                continue
            with self.subTest(model=document._name):
                token = document._portal_ensure_token()
                self.assertNotIn(SECRET, self._fetch("/mail/chatter_fetch", document, token=token))
                self.assertNotIn(SECRET, self._fetch("/portal/chatter_init", document, token=token))
                self.assertNotIn(SECRET, self._fetch("/mail/chatter_fetch", document, token="wrong"))

    def test_the_portal_posts_nothing_past_its_pages(self):
        self._log_in(self.portal_contractor)
        for document in self.documents:
            with self.subTest(model=document._name):
                before = len(document.message_ids)
                post = {
                    "body": "Past the page",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                }
                params = {"thread_model": document._name, "thread_id": document.id, "post_data": post}
                self._send_json("/mail/message/post", params)
                call = {
                    "model": document._name,
                    "method": "message_post",
                    "args": [document.ids],
                    "kwargs": post,
                }
                self._send_json("/web/dataset/call_kw", call)
                self.env.invalidate_all()
                self.assertEqual(len(document.message_ids), before)

    def test_neither_messages_nor_notices_are_read_by_scripts(self):
        self.documents[1].with_user(self.user_supervisor)._write_to_party(self.contractor, "Hello")
        self._log_in(self.portal_contractor)
        for model in ("outsourcing.message", "outsourcing.notice"):
            params = {"model": model, "method": "search_read", "args": [[]], "kwargs": {}}
            _result, error = self._send_json("/web/dataset/call_kw", params)
            self.assertIn("not allowed to access", error)
