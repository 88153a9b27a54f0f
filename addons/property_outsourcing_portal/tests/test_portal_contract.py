from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SIGNATURE, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalContract(PortalCommon):
    """The contractor reads, downloads and signs its own contract; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract.with_user(cls.user_manager).contractor_manager_id = cls.performer
        cls.url = f"/my/outsourcing/contracts/{cls.contract.id}"

    def _sign(self, user, name="Chen Foreman", signature=SIGNATURE, url=None, **kwargs):
        data = {"signature": signature, "signer_name": name}
        response = self._send(f"{url or self.url}/sign", data, user=user, **kwargs)
        self.env.invalidate_all()
        return response

    def _assert_unsigned(self):
        self.assertFalse(self.contract.date_contractor_signed)

    def test_contractor_sees_duties_and_signs_as_a_named_person(self):
        page = self._page(self.url, self.portal_contractor).text
        self.assertIn(self.contract.duty_ids[0].name, page)
        self.assertIn("o_outsourcing_sign_form", page)
        self._sign(self.portal_contractor)
        self.assertEqual(self.contract.contractor_signer_id, self.performer)
        self.assertEqual(self.contract.signature_entered_by_id, self.portal_contractor)
        page = self._page(self.url).text
        self.assertNotIn("o_outsourcing_sign_form", page)
        self.assertIn("Chen Foreman", page)

    def test_competitor_owner_and_stranger_get_not_found(self):
        for user in (self.portal_competitor, self.portal_representative, self.portal_third_party):
            self.assertEqual(self._sign(user).status_code, 404, user.login)
            self.assertEqual(self._page(f"{self.url}/pdf").status_code, 404, user.login)
        self._assert_unsigned()

    @mute_logger("odoo.http")
    def test_nobody_signs_logged_out_by_get_or_without_the_token(self):
        self._log_in(None)
        self._send(f"{self.url}/sign", {"signature": SIGNATURE, "signer_name": "Chen Foreman"})
        self.env.invalidate_all()
        self._assert_unsigned()
        self.assertIn(
            self._page(f"{self.url}/sign?signer_name=Chen", self.portal_contractor).status_code, (404, 405)
        )
        self.assertEqual(self._sign(self.portal_contractor, csrf=False).status_code, 400)
        self._assert_unsigned()

    def test_forged_names_and_empty_signatures_are_refused(self):
        for vals in (
            {"name": "Colleague"},
            {"name": "Zhang Manager"},
            {"name": ""},
            {"signature": ""},
            {"signature": "bm8gaW1hZ2U="},
            {"signature": "<script>"},
        ):
            with self.subTest(**vals):
                self.assertIn("o_outsourcing_error", self._sign(self.portal_contractor, **vals).text)
        self._assert_unsigned()

    def test_second_signature_is_refused(self):
        self._sign(self.portal_contractor)
        first = self.contract.date_contractor_signed
        self.assertIn("o_outsourcing_error", self._sign(self.colleague).text)
        self.assertEqual(self.contract.date_contractor_signed, first)

    def test_unknown_contract_is_not_found(self):
        self.assertEqual(
            self._sign(self.portal_contractor, url="/my/outsourcing/contracts/999999").status_code, 404
        )

    def test_contractor_downloads_the_contract(self):
        response = self._page(f"{self.url}/pdf", self.portal_contractor)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")

    def test_contract_is_offered_before_activation(self):
        self.company.outsourcing_sign_before_activation = True
        draft = self._create_contract()
        self._create_required_documents(contract=draft)
        url = f"/my/outsourcing/contracts/{draft.id}"
        draft.with_user(self.user_manager).action_submit()
        self.assertEqual(self._page(url, self.portal_contractor).status_code, 404)
        draft.with_user(self.user_manager2).action_approve()
        self.assertIn("o_outsourcing_sign_form", self._page(url).text)
        self.assertIn("tab=sign", self._page("/my/outsourcing").text)
        self._sign(None, url=url)
        self.assertTrue(draft.date_contractor_signed)
        self.assertEqual(draft.state, "to_approve")

    def test_contractor_declines_with_a_reason_on_the_phone(self):
        self.assertIn("I do not agree", self._page(self.url, self.portal_contractor).text)
        page = self._send(f"{self.url}/decline", {"reason": " "}).text
        self.assertIn("Write what you do not agree with", page)
        for user in (self.portal_competitor, self.portal_representative):
            response = self._send(f"{self.url}/decline", {"reason": "No"}, user=user)
            self.assertEqual(response.status_code, 404, user.login)
        page = self._send(
            f"{self.url}/decline", {"reason": "Two visits, not one"}, user=self.portal_contractor
        )
        self.assertIn("Your answer was sent; nothing is signed.", page.text)
        self.env.invalidate_all()
        self.assertEqual(self.contract.decline_reason, "Two visits, not one")
        self._assert_unsigned()
