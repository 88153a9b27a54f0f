from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalCommon
from .people_common import PeopleCommon

URL = "/my/outsourcing/account"
ALONE = "The data of this login are seen and changed by its owner alone."
# what core offers an owner, with what its forms would send
PAGES = ("/my/account", "/my/addresses", "/my/address", "/my/security", "/my/payment_method")
FORMS = {
    "/my/security": {"old": "13800000001", "new1": "another-secret", "new2": "another-secret"},
    "/my/deactivate_account": {"validation": "13800000001", "password": "13800000001"},
    "/my/address/submit": {
        "address_type": "billing",
        "required_fields": "name",
        "name": "Wang",
        "phone": "1",
    },
    f"{URL}/save": {"phone": "13999999999", "email": "wang@example.com", "name": "Wang"},
    f"{URL}/leave": {"reason": "Gone"},
    f"{URL}/people": {},
}


@tagged("post_install", "-at_install")
class TestPortalLoginOwner(PeopleCommon):
    """Whoever works by PIN with the login of a colleague neither sees nor changes the colleague's data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_pins()
        cls.owner = cls.portal_contractor.partner_id
        data = {"phone": "13712345678", "email": "office@example.com", "street": "Quiet lane 5"}
        cls.owner.write(data)

    def setUp(self):
        super().setUp()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)

    def _values(self):
        self.env.invalidate_all()
        return self.owner.read(["name", "phone", "email", "street", "lang", "image_1920"])[0]

    def test_page_shows_the_own_name_and_nothing_of_the_owner(self):
        text = self._page(URL).text
        self.assertIn("<dd>Wang</dd>", text)
        self.assertIn(ALONE, text)
        for secret in (self.owner.name, "13712345678", "office@example.com", "/my/security", f"{URL}/leave"):
            self.assertNotIn(secret, text)

    def test_first_page_offers_the_owner_alone_another_password(self):
        self.assertNotIn("/my/security", self._page("/my/outsourcing").text)
        self._choose(self.owner, self.portal_contractor.login)
        self.assertIn("/my/security", self._page("/my/outsourcing").text)

    def test_pages_of_core_lead_to_the_sentence(self):
        for path in PAGES:
            response = self._page(path)
            self.assertTrue(response.url.endswith(URL), path)
            self.assertIn(ALONE, response.text, path)
            self.assertNotIn("13712345678", response.text, path)

    def test_forms_change_nothing_by_whatever_is_sent(self):
        before = self._values()
        for path, data in FORMS.items():
            text = self._send(path, data).text
            if path != f"{URL}/people":  # somebody looks after them already
                self.assertIn(ALONE, text, path)
            self.assertNotIn("13712345678", text, path)
            self.assertEqual(self._values(), before, path)
        self.assertFalse(self.owner.activity_ids)
        self.assertTrue(self.portal_contractor.active)
        self._log_in(self.portal_contractor)  # with the password of before
        self.assertEqual(self._page(URL).status_code, 200)

    @mute_logger("odoo.http")
    def test_scripts_change_nothing_either(self):
        before, user = self._values(), self.portal_contractor
        calls = [("write", [user.ids, {name: "x"}]) for name in ("phone", "email", "name")]
        calls.append(("change_password", [user.login, "another-secret"]))
        for method, args in calls:
            params = {"model": "res.users", "method": method, "args": args, "kwargs": {}}
            refusal = self._send_json(f"/web/dataset/call_kw/res.users/{method}", params)[1]
            self.assertIn(ALONE, refusal, args)
        for path, params in (
            ("/my/address/archive", {"partner_id": self.owner.id}),
            ("/payment/archive_token", {"token_id": 1}),
        ):
            self.assertIn(ALONE, self._send_json(path, params)[1], path)
        self.assertEqual(self._values(), before)

    def test_owner_has_all_of_it_back_with_the_password(self):
        self._choose(self.owner, self.portal_contractor.login)
        self.assertIn("13712345678", self._page(URL).text)
        self.assertTrue(self._page("/my/security").url.endswith("/my/security"))
        self._send(f"{URL}/save", {"phone": "13700000000", "email": ""})
        self.assertEqual(self._values()["phone"], "13700000000")


@tagged("post_install", "-at_install")
class TestPortalOwnData(PortalCommon):
    """Without PINs nothing changes for who owns a login."""

    def test_pages_of_core_stay(self):
        self.assertTrue(self._page("/my/security", self.portal_contractor).url.endswith("/my/security"))
