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

    def test_login_asks_for_the_mobile_number_and_offers_no_sign_up(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        self._log_in(None)
        page = self._page("/web/login").text
        self.assertIn("Enter your mobile number", page)
        self.assertNotIn("/web/signup", page)
        self.assertNotIn("/web/reset_password", page)
        self.assertIn("/outsourcing/forgotten", page)

    def test_forgotten_password_leads_to_people(self):
        self._log_in(None)
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "False")
        self.env.company.phone = "020 8888 0000"
        page = self._page("/outsourcing/forgotten").text
        self.assertIn("Ask the supervisor", page)
        self.assertNotIn("/web/reset_password", page)

    def test_larger_type_is_kept_on_the_phone(self):
        self._log_in(self.portal_contractor)
        self.assertNotIn("o_outsourcing_large", self._page("/my/outsourcing").text)
        self.assertIn("Usual type", self._send("/my/outsourcing/type", {"large": "1"}).text)
        self.assertIn("o_outsourcing_large", self._page("/my/outsourcing").text)
        self.assertIn("Larger type", self._send("/my/outsourcing/type").text)
        self.assertNotIn("o_outsourcing_large", self._page("/my/outsourcing").text)
