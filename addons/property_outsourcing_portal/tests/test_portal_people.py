from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .people_common import PIN, PeopleCommon

PAGE = "/my/outsourcing/people"


@tagged("post_install", "-at_install")
class TestPortalPeople(PeopleCommon):
    """Who looks after the people of a firm; everybody else is refused, whatever the door."""

    def _person(self, name):
        return self.env["res.partner"].search([("name", "=", name)])

    def test_admin_adds_and_invites_a_colleague(self):
        self._log_in(self.portal_contractor)
        page = self._send(f"{PAGE}/add", {"name": "Zhao", "phone": "139 0000 0077"})
        self.assertIn("Added", page.text)
        zhao = self._person("Zhao")
        self.assertEqual(zhao.parent_id, self.contractor)
        page = self._send(f"{PAGE}/{zhao.id}/invite", {"phone": "13900000077"}).text
        invitation = self.env["outsourcing.invitation"].search([("partner_id", "=", zhao.id)])
        self.assertIn(invitation._get_link(), page)
        self.assertNotIn("/outsourcing/join/", self._page(f"{PAGE}/{zhao.id}").text)
        invitation._redeem("password-of-zhao", "password-of-zhao")
        self.assertEqual(zhao.user_ids.login, "13900000077")

    def test_admin_replaces_no_password(self):
        response = self._send(
            f"{PAGE}/{self.colleague.partner_id.id}/invite", {"phone": "13800000011"}, self.portal_contractor
        )
        self.assertIn("Ask the property company for a new link", response.text)

    def test_number_of_somebody_else_is_refused(self):
        response = self._send(
            f"{PAGE}/{self.wang.id}/invite", {"phone": self.portal_competitor.login}, self.portal_contractor
        )
        self.assertIn("already the login of somebody else", response.text)

    def test_who_is_no_admin_finds_no_page_and_takes_no_step(self):
        order = self._create_order()
        for user in (self.colleague, self.portal_competitor, self.portal_representative):
            self._log_in(user)
            self.assertEqual(self._page(PAGE).status_code, 404)
            self.assertEqual(self._page(f"{PAGE}/{self.wang.id}").status_code, 404)
            self.assertEqual(self._send(f"{PAGE}/add", {"name": "Spy"}).status_code, 404)
            for step in ("invite", "pin", "contracts", "admin", "remove"):
                self.assertEqual(self._send(f"{PAGE}/{self.wang.id}/{step}").status_code, 404, step)
            url = f"/my/outsourcing/orders/{order.id}/hand_over"
            self.assertEqual(self._send(url, {"person_id": self.wang.id}).status_code, 404)
        self.assertFalse(self._person("Spy"))

    def test_admin_of_another_firm_reaches_nobody(self):
        self.people._take(self.portal_competitor.partner_id).is_admin = True
        self._log_in(self.portal_competitor)
        self.assertEqual(self._page(PAGE).status_code, 200)
        self.assertEqual(self._page(f"{PAGE}/{self.wang.id}").status_code, 404)
        for step in ("invite", "pin", "contracts", "admin", "remove"):
            self.assertEqual(self._send(f"{PAGE}/{self.wang.id}/{step}", {"pin": PIN}).status_code, 404)
        admin = self.portal_competitor
        for step, values in (
            ("_set_outsourcing_pin", [PIN]),
            ("_limit_outsourcing_contracts", [[]]),
            ("_make_outsourcing_admin", [True]),
            ("_remove_outsourcing_colleague", []),
            ("_invite_outsourcing_colleague", ["13900000088"]),
        ):
            with self.assertRefused("does not belong to your firm", AccessError):
                getattr(admin, step)(self.wang.sudo(), *values)

    def test_colleague_on_the_phone_of_the_admin_has_none_of_the_rights(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)
        self.assertEqual(self._page(PAGE).status_code, 404)
        self.assertEqual(self._send(f"{PAGE}/{self.li.id}/remove").status_code, 404)

    def test_admin_chosen_on_the_phone_of_a_colleague_has_none_of_the_rights(self):
        self.people._take(self.portal_contractor.partner_id)._set_pin(PIN)
        self._log_in(self.colleague)
        self._choose(self.portal_contractor.partner_id)
        self.assertEqual(self._page(PAGE).status_code, 404)

    def test_last_admin_stays(self):
        own = self.portal_contractor.partner_id
        self._log_in(self.portal_contractor)
        for step in ("remove", "admin"):
            page = self._send(f"{PAGE}/{own.id}/{step}").text
            self.assertIn("Nobody else looks after the people", page)
        self.assertTrue(self.portal_contractor.active)
        self.assertTrue(self.people._take(own).is_admin)

    def test_second_admin_lets_the_first_go(self):
        self._log_in(self.portal_contractor)
        self._send(f"{PAGE}/{self.colleague.partner_id.id}/admin", {"give": "1"})
        self._send(f"{PAGE}/{self.portal_contractor.partner_id.id}/remove")
        self.assertFalse(self.portal_contractor.active)
        self.assertIn("/web/login", self._page("/my/outsourcing").url)

    def test_removed_man_is_out_at_once_and_his_history_stays(self):
        order = self._create_order()
        self._send(f"/my/outsourcing/orders/{order.id}/report", {"step": "responded"}, self.colleague)
        self.assertEqual(order.outsourcing_performer_id, self.colleague.partner_id)
        self.portal_contractor._remove_outsourcing_colleague(self.colleague.partner_id.sudo())
        self.assertFalse(self.colleague.active)
        self.assertIn("/web/login", self._page("/my/outsourcing").url)
        self.assertEqual(order.outsourcing_performer_id, self.colleague.partner_id)
        self.assertTrue(self.colleague.partner_id.active)

    def test_link_given_before_lets_no_removed_man_in(self):
        invitation = self.portal_contractor._invite_outsourcing_colleague(self.wang.sudo(), "13900000077")
        self.portal_contractor._remove_outsourcing_colleague(self.wang.sudo())
        self.assertEqual(invitation.state, "revoked")
        with self.assertRefused("This invitation has just been used."):
            invitation._redeem("password-of-wang", "password-of-wang")
        self.assertFalse(self.wang.user_ids)

    def test_removed_performer_works_no_more_on_the_shared_phone(self):
        self._give_pins()
        self._log_in(self.colleague)
        self._choose(self.wang)
        self.portal_contractor._remove_outsourcing_colleague(self.wang.sudo())
        order = self._create_order()
        response = self._send(f"/my/outsourcing/orders/{order.id}/report", {"step": "responded"})
        self.assertEqual(response.status_code, 409)
        self.assertFalse(order.outsourcing_date_responded)

    def test_first_login_takes_the_people_on_and_the_second_cannot(self):
        self.people.sudo().search([]).unlink()
        first, second = self.portal_contractor, self.colleague
        self.assertIn(
            "Ask the property company", self._send("/my/outsourcing/account/people", user=second).text
        )
        self._send("/my/outsourcing/account/people", user=first)
        self.assertTrue(first._is_outsourcing_firm_admin())
        self.assertFalse(second._may_become_firm_admin())

    def test_staff_names_who_looks_after_the_people(self):
        person = self.colleague.partner_id.with_user(self.user_supervisor)
        person.action_outsourcing_make_firm_admin()
        self.assertTrue(person.outsourcing_is_firm_admin)
        person.action_outsourcing_make_firm_admin()
        person.invalidate_recordset()
        self.assertFalse(person.outsourcing_is_firm_admin)
        with self.assertRefused("Only staff of the property company", AccessError):
            self.colleague.partner_id.with_user(self.colleague).action_outsourcing_make_firm_admin()

    def test_supervisor_names_nobody_of_a_firm_that_works_elsewhere(self):
        stranger = self.portal_competitor.partner_id
        with self.assertRefused("has nothing to do with your communities", AccessError):
            stranger.with_user(self.user_supervisor).action_outsourcing_make_firm_admin()
        self.people._take(stranger).is_admin = True
        with self.assertRefused("has nothing to do with your communities", AccessError):
            stranger.with_user(self.user_supervisor).action_outsourcing_make_firm_admin()
        self.assertTrue(stranger.with_user(self.user_manager).outsourcing_is_firm_admin)
        stranger.with_user(self.user_manager).action_outsourcing_make_firm_admin()
        self.assertFalse(self.people._take(stranger).is_admin)

    def test_link_of_the_admin_replaces_no_password_set_meanwhile(self):
        invitation = self.portal_contractor._invite_outsourcing_colleague(self.wang.sudo(), "13900000077")
        self.assertEqual((invitation.state, invitation.approved_by_id.ids), ("new", []))
        self._create_portal_user("13900000077", partner=self.wang)
        with self.assertRefused("This invitation can no longer be used."):
            invitation._redeem("password-of-wang", "password-of-wang")

    def test_first_login_that_sees_some_contracts_only_does_not_open_the_others(self):
        row = self.people._take(self.portal_contractor.partner_id)
        row.write({"is_admin": False, "is_limited": True})
        self.assertFalse(self.portal_contractor._may_become_firm_admin())
        with self.assertRefused("Ask the property company"):
            self.portal_contractor._become_firm_admin()
        self.portal_contractor.partner_id.with_user(self.user_supervisor).action_outsourcing_make_firm_admin()
        self.assertEqual((row.is_admin, row.is_limited), (True, False))

    def test_easy_pins_are_refused(self):
        for pin in ("1111", "1234", "9876"):
            with self.assertRefused("too easy"):
                self.portal_contractor._set_outsourcing_pin(self.wang.sudo(), pin)
        for pin in ("12a4", "123", "１２３９"):
            with self.assertRefused("four to eight digits"):
                self.portal_contractor._set_outsourcing_pin(self.wang.sudo(), pin)

    def test_who_changes_the_firm_leaves_rights_and_pin_behind(self):
        self._give_pins()
        self.wang.parent_id = self.competitor
        self.assertFalse(self.people.sudo().search([("partner_id", "=", self.wang.id)]))

    def test_order_is_handed_to_a_named_man(self):
        order = self._create_order()
        page = self._send(
            f"/my/outsourcing/orders/{order.id}/hand_over",
            {"person_id": self.colleague.partner_id.id},
            self.portal_contractor,
        )
        self.assertIn("Handed over.", page.text)
        self.assertEqual(order.outsourcing_performer_id, self.colleague.partner_id)
        url = f'/my/outsourcing/orders/{order.id}"'
        self.assertNotIn(url, self._page("/my/outsourcing/orders?tab=mine").text)
        self.assertIn(url, self._page("/my/outsourcing/orders?tab=mine", self.colleague).text)

    def test_order_goes_to_nobody_of_another_firm(self):
        order = self._create_order()
        data = {"person_id": self.portal_competitor.partner_id.id}
        page = self._send(f"/my/outsourcing/orders/{order.id}/hand_over", data, self.portal_contractor).text
        self.assertIn("Choose a person of your own firm", page)
        self.assertNotEqual(order.outsourcing_performer_id, self.portal_competitor.partner_id)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_access")
    def test_rows_are_nobodys_business(self):
        self._log_in(self.portal_contractor)
        for model in ("outsourcing.firm.person", "outsourcing.pin.attempt"):
            params = {"model": model, "method": "search_read", "args": [[]], "kwargs": {}}
            result, refusal = self._send_json("/web/dataset/call_kw", params)
            self.assertFalse(result)
            self.assertTrue(refusal)
