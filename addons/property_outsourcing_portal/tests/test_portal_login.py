from odoo.exceptions import ValidationError
from odoo.http import Request
from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalLogin(PortalCommon):
    """One mobile number is one login, whatever the keyboard makes of it."""

    def test_number_logs_in_however_it_is_typed(self):
        for login in ("138 0000 0001", "138-0000-0001", "+86 13800000001", "１３８００００００01"):
            with self.subTest(login=login):
                self._log_in(None)
                self._page("/web/login")
                data = {"login": login, "password": "13800000001", "csrf_token": Request.csrf_token(self)}
                response = self.url_open("/web/login?redirect=/my/outsourcing", data=data)
                self.assertIn("Contractor&#39;s office", response.text)

    def test_login_is_kept_in_one_form(self):
        user = self._create_portal_user("+86 139-0000 0009", "New")
        self.assertEqual(user.login, "13900000009")
        user.login = "１３９００００００１０"
        self.assertEqual(user.login, "13900000010")

    def test_number_of_somebody_else_is_taken_in_every_form(self):
        invitations = self.env["outsourcing.invitation"].with_user(self.user_manager)
        with self.assertRaisesRegex(ValidationError, "already the login of somebody else"):
            invitations.create({"partner_id": self.performer.id, "login": "+86 138 0000 0002"})

    def test_other_logins_stay_as_they_are(self):
        self.authenticate("zhang_manager", "zhang_manager")
