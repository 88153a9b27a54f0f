from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalCommon

ADDRESS = {"address_type": "billing", "required_fields": "name", "country_id": "", "street": "", "city": ""}


@tagged("post_install", "-at_install")
class TestCoreDoors(PortalCommon):
    """Core's own pages and self-service change nothing that contracts print, and close no login."""

    def _submit_address(self, user, **data):
        response = self._send("/my/address/submit", {**ADDRESS, **data}, user=user)
        self.assertEqual(response.status_code, 200)
        return response.json()

    def _values(self, partner):
        names = ("name", "street", "vat", "email", "phone", "active", "parent_id", "company_name")
        return partner.read(names)[0]

    def test_account_page_of_firms_is_ours(self):
        for path in (
            "/my/account",
            "/my/addresses",
            "/my/address",
            f"/my/address?partner_id={self.contractor.id}",
        ):
            response = self._page(path, self.portal_contractor)
            self.assertTrue(response.url.endswith("/my/outsourcing/account"), path)
        self.assertIn("/my/account", self._page("/my/account", self.portal_representative).url)

    def test_firm_is_not_renamed_through_its_worker(self):
        person = self.portal_contractor.partner_id
        before = self._values(self.contractor), self._values(person)
        common = {"name": person.name, "partner_id": person.id, "email": "a@example.com", "phone": "1"}
        for data in (
            {"company_name": "Other firm"},
            {"name": "Somebody else"},
            {"street": "Elsewhere 1", "city": "Shanghai", "country_id": self.env.ref("base.cn").id},
            {"vat": "91310000607378990K"},
        ):
            answer = self._submit_address(self.portal_contractor, **{**common, **data})
            self.assertTrue(answer.get("messages"), data)
            self.env.invalidate_all()
            self.assertEqual((self._values(self.contractor), self._values(person)), before)

    def test_no_address_is_added_to_the_firm(self):
        count = self.env["res.partner"].search_count([("parent_id", "=", self.contractor.id)])
        data = {
            "name": "Pay here",
            "email": "a@example.com",
            "phone": "1",
            "street": "X",
            "city": "Y",
            "zip": "1",
        }
        country = self.env.ref("base.cn")
        places = {"country_id": country.id, "state_id": country.state_ids[0].id}
        answer = self._submit_address(self.portal_contractor, **data, **places)
        self.assertIn("Steady Elevators", str(answer["messages"]))
        self.assertEqual(
            self.env["res.partner"].search_count([("parent_id", "=", self.contractor.id)]), count
        )

    def test_login_writes_contact_data_only(self):
        user = self.portal_contractor.with_user(self.portal_contractor)
        user.write({"phone": "13911112222", "email": "x@example.com", "lang": "en_US", "tz": "Asia/Tokyo"})
        for vals in ({"name": "Somebody else"}, {"name": "X", "phone": "1"}):
            with self.assertRaisesRegex(UserError, "the property company changes them: Name"):
                user.write(vals)
            self.env.invalidate_all()
        self.assertEqual((self.portal_contractor.name, user.phone), ("Contractor's office", "13911112222"))
        user.write({"name": "Contractor's office"})

    def test_representative_keeps_address_but_not_name(self):
        user = self.portal_representative.with_user(self.portal_representative)
        user.partner_id.sudo().write({"street": "Garden road 1"})
        with self.assertRaisesRegex(UserError, "Name"):
            user.write({"name": "Another owner"})

    def test_colleague_and_firm_are_not_written_even_in_sudo(self):
        acting = self.env["res.partner"].with_user(self.portal_contractor).sudo()
        for partner in (self.contractor, self.performer):
            with self.assertRefused("show these data, so the property company changes them"):
                acting.browse(partner.id).write({"phone": "1"})
        with self.assertRefused("show these data, so the property company changes them"):
            acting.browse(self.performer.id).action_archive()
        with self.assertRefused("show these data, so the property company changes them"):
            acting.browse(self.portal_contractor.partner_id.id).write({"parent_id": self.competitor.id})

    def test_customer_who_is_party_to_nothing_behaves_as_before(self):
        customer = self._create_portal_user("13800000098", "Customer")
        user = customer.with_user(customer)
        user.write({"name": "New name"})
        self.assertIn("/my/account", self._page("/my/account", customer).url)
        self.assertIn("portal_deactivate_account", self._page("/my/security").text)

    def test_party_cannot_delete_its_login(self):
        for user in (self.portal_contractor, self.portal_third_party, self.portal_representative):
            text = self._page("/my/security", user).text
            self.assertNotIn("portal_deactivate_account", text)
            self.assertIn("/my/outsourcing/account", text)
            data = {"validation": user.login, "password": user.login}
            response = self._send("/my/deactivate_account", data)
            self.assertIn("the property company closes this login", response.text)
            self.assertTrue(user.active and user.partner_id.active)
            self.assertEqual(user.login[:3], "138")

    def test_party_gets_no_api_key(self):
        self.env["ir.config_parameter"].sudo().set_param("portal.allow_api_keys", "1")
        keys = self.env["res.users.apikeys.description"]
        with self.assertRaisesRegex(AccessError, "no API keys"):
            keys.with_user(self.portal_contractor).check_access_make_key()
        customer = self._create_portal_user("13800000098", "Customer")
        keys.with_user(customer).check_access_make_key()
        self.assertNotIn(
            "o_portal_new_api_key", self._page("/my/security?debug=1", self.portal_contractor).text
        )

    def test_order_behind_a_contract_is_not_moved_by_the_vendor(self):
        order = self.contract.purchase_order_id
        line = order.order_line[:1]
        before = line.date_planned
        self._log_in(self.portal_contractor)
        for path in (
            f"/my/purchase/{order.id}",
            f"/my/purchase/{order.id}?update=True",
            f"/my/purchase/{order.id}/download_edi",
        ):
            self.assertTrue(self._page(path).url.endswith(f"/my/outsourcing/contracts/{self.contract.id}"))
        with mute_logger("odoo.http"):
            _result, message = self._send_json(
                f"/my/purchase/{order.id}/update", {str(line.id): "2035-01-01"}
            )
        self.assertIn(f"follow the contract {self.contract.name}", message)
        self.env.invalidate_all()
        self.assertEqual(line.date_planned, before)
        self._page(f"/my/purchase/{order.id}?acknowledge=1")
        self.assertFalse(order.acknowledged)

    def test_work_orders_have_our_page_alone(self):
        order = self._create_order()
        url = f"/my/outsourcing/orders/{order.id}"
        self._log_in(self.portal_contractor)
        for path in (f"/my/tasks/{order.id}", f"/my/projects/{order.project_id.id}/task/{order.id}"):
            self.assertTrue(self._page(path).url.endswith(url), path)
        self._log_in(self.portal_competitor)
        for path in (
            f"/my/tasks/{order.id}",
            f"/my/projects/{order.project_id.id}/task/{order.id}",
            f"/my/purchase/{self.contract.purchase_order_id.id}",
        ):
            self.assertNotIn(str(order.id), self._page(path).url.rpartition("/my")[2], path)
