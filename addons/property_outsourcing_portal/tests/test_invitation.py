from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalCommon

PASSWORD = "long enough"


@tagged("post_install", "-at_install")
class TestInvitation(PortalCommon):
    """A foreman without e-mail gets in with a link, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def setUp(self):
        super().setUp()
        self.invitation = (
            self.env["outsourcing.invitation"]
            .with_user(self.user_supervisor)
            .create({"partner_id": self.performer.id, "login": "139 0000 0001", "role": "Foreman"})
        )
        self._log_in(None)
        self.path = "/outsourcing/join/" + self.invitation.link.rpartition("/")[2]

    def _join(self, password=PASSWORD, confirmation=None, path=None, **kwargs):
        data = {"password": password, "confirmation": password if confirmation is None else confirmation}
        return self._send(path or self.path, data, **kwargs)

    def test_link_uses_the_address_of_the_company(self):
        self.assertTrue(
            self.invitation.link.startswith(self.env.company.get_base_url() + "/outsourcing/join/")
        )

    def test_token_is_not_stored_in_clear(self):
        token = self.invitation.link.rpartition("/")[2]
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM outsourcing_invitation WHERE id = %s", [self.invitation.id])
        self.assertNotIn(token, str(self.env.cr.fetchall()))

    def test_join_creates_portal_user_without_email_and_mail(self):
        mails = self.env["mail.mail"].search_count([])
        page = self._page(self.path)
        self.assertIn("Chen Foreman", page.text)
        response = self._join()
        self.assertTrue(response.url.endswith("/my/outsourcing"), response.url)
        user = self.invitation.user_id
        self.assertEqual((user.login, user.lang, user.email), ("13900000001", "zh_CN", False))
        self.assertEqual(user.partner_id, self.performer)
        self.assertTrue(user.share and user.has_group("base.group_portal"))
        self.assertEqual(self.invitation.state, "used")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_second_use_says_so_and_changes_nothing(self):
        self._join()
        self._log_in(None)
        response = self._join("another password")
        self.assertIn("o_outsourcing_message", response.text)
        self.assertIn("/web/login", response.text)
        self.assertNotIn('name="password"', response.text)
        self.authenticate("13900000001", PASSWORD)

    def test_wrong_expired_and_revoked_links_look_the_same(self):
        wrong = self._page("/outsourcing/join/" + "0" * 32).text
        malformed = self._page("/outsourcing/join/x").text
        self.invitation.sudo().date_expiry = fields.Datetime.now() - timedelta(minutes=1)
        expired = self._page(self.path).text
        self.invitation.sudo().date_expiry = fields.Datetime.now() + timedelta(days=1)
        self.invitation.action_revoke()
        revoked = self._page(self.path).text

        def body(text):
            return text.partition("o_outsourcing_join")[2].partition("</main>")[0]

        self.assertEqual(body(wrong), body(expired))
        self.assertEqual(body(wrong), body(revoked))
        self.assertEqual(body(wrong), body(malformed))
        self.assertNotIn("Chen Foreman", expired)

    def test_expired_link_does_not_set_a_password(self):
        self.invitation.sudo().date_expiry = fields.Datetime.now() - timedelta(minutes=1)
        self._join()
        self.assertFalse(self.performer.user_ids)

    def test_short_or_mistyped_password_is_refused(self):
        self.assertIn("o_outsourcing_error", self._join("short").text)
        self.assertIn("o_outsourcing_error", self._join(PASSWORD, "different one").text)
        self.assertFalse(self.performer.user_ids)
        self.assertEqual(self.invitation.state, "new")

    @mute_logger("odoo.http")
    def test_post_without_csrf_is_refused(self):
        self.assertEqual(self._join(csrf=False).status_code, 400)
        self.assertFalse(self.performer.user_ids)

    def test_get_sets_nothing(self):
        self._page(f"{self.path}?password={PASSWORD}&confirmation={PASSWORD}")
        self.assertFalse(self.performer.user_ids)

    def test_new_invitation_resets_the_password_and_kills_the_old_link(self):
        self._join()
        user = self.invitation.user_id
        as_manager = self.invitation.with_user(self.user_manager)
        second = self.env["outsourcing.invitation"].browse(as_manager.action_renew()["res_id"])
        third_id = as_manager.action_renew()["res_id"]
        self.assertEqual(second.state, "revoked")
        third = self.env["outsourcing.invitation"].browse(third_id).with_user(self.user_manager)
        self._log_in(None)
        self._join("a new password", path="/outsourcing/join/" + third.link.rpartition("/")[2])
        self.assertEqual(third.user_id, user)
        self.authenticate("13900000001", "a new password")

    def test_archived_user_comes_back(self):
        self._join()
        user = self.invitation.user_id
        user.sudo().active = False
        as_manager = self.invitation.with_user(self.user_manager)
        third = self.env["outsourcing.invitation"].browse(as_manager.action_renew()["res_id"])
        third._redeem(PASSWORD, PASSWORD)
        self.assertTrue(user.active)

    def test_used_twice_at_once_is_refused(self):
        self.invitation._redeem(PASSWORD, PASSWORD)
        with self.assertRefused("This invitation has just been used."):
            self.invitation._redeem(PASSWORD, PASSWORD)

    def test_sheet_prints_and_carries_the_link(self):
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        html, _type = report._render_qweb_html(
            "property_outsourcing_portal.outsourcing_invitation_sheet", self.invitation.ids
        )
        text = html.decode()
        for expected in ("Chen Foreman", "Steady Elevators", "Foreman", "13900000001", self.invitation.link):
            self.assertIn(expected, text)
        self.assertIn("data:image/png;base64", text)
