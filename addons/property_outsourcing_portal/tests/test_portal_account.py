from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PortalCommon

URL = "/my/outsourcing/account"
LEAVE = "property_outsourcing_portal.activity_type_portal_leave"


@tagged("post_install", "-at_install")
class TestPortalAccount(PortalCommon):
    """The person's own data, and the way out."""

    def test_person_changes_how_to_be_reached(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self._log_in(self.portal_contractor)
        self._send(f"{URL}/save", {"phone": "13911112222", "email": "", "lang": "zh_CN", "name": "Other"})
        self.env.invalidate_all()
        user = self.portal_contractor
        self.assertEqual((user.phone, user.lang, user.name), ("13911112222", "zh_CN", "Contractor's office"))
        self.assertIn("13911112222", self._page(URL).text)

    def test_wrong_email_is_refused_and_what_was_typed_stays(self):
        response = self._send(
            f"{URL}/save", {"phone": "1", "email": "no address"}, user=self.portal_contractor
        )
        self.assertIn("no address is not an e-mail address.", response.text)
        self.assertFalse(self.portal_contractor.phone)

    def test_leaving_is_asked_of_the_manager_once(self):
        person = self.portal_contractor.partner_id
        self._log_in(self.portal_contractor)
        self.assertIn("Please write why", self._send(f"{URL}/leave", {"reason": " "}).text)
        self._send(f"{URL}/leave", {"reason": "I change the firm"})
        activity = person.activity_ids.filtered(lambda row: row.activity_type_id == self.env.ref(LEAVE))
        self.assertEqual(activity.user_id, self.contract.manager_id or self.user_manager)
        self.assertIn("I change the firm", activity.note)
        text = self._page(URL).text
        self.assertIn("o_outsourcing_leaving", text)
        self.assertNotIn(f"{URL}/leave", text)
        self.assertIn("You have asked before", self._send(f"{URL}/leave", {"reason": "Again"}).text)
        self.assertTrue(self.portal_contractor.active)

    def test_representative_asks_the_manager_of_the_community(self):
        self._send(f"{URL}/leave", {"reason": "Moved away"}, user=self.portal_representative)
        activity = self.representative.activity_ids
        self.assertEqual(activity.user_id, self.user_manager)

    def test_manager_closes_the_login_and_answers_the_request(self):
        person = self.portal_contractor.partner_id
        self.portal_contractor._request_outsourcing_leave("Gone")
        with self.assertRaisesRegex(AccessError, "Only an outsourcing manager"):
            person.with_user(self.user_supervisor).action_outsourcing_close_login()
        person.with_user(self.user_manager).action_outsourcing_close_login()
        self.assertFalse(self.portal_contractor.active)
        self.assertFalse(person.activity_ids)
        self.assertTrue(person.active)
        with self.assertRaisesRegex(UserError, "no open portal login"):
            person.with_user(self.user_manager).action_outsourcing_close_login()

    def test_staff_is_not_locked_out_by_it(self):
        with self.assertRaisesRegex(UserError, "no open portal login"):
            self.user_finance.partner_id.with_user(self.user_manager).action_outsourcing_close_login()
        self.assertTrue(self.user_finance.active)
