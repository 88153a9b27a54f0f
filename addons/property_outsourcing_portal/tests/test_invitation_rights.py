from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tests.common import new_test_user

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestInvitationRights(OutsourcingCommon):
    """Whoever invites sets a password: only for people one has to do with, never for staff."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()

    def _invite(self, user, partner=None, login="13900000001", **vals):
        invitations = self.env["outsourcing.invitation"].with_user(user)
        return invitations.create({"partner_id": (partner or self.performer).id, "login": login, **vals})

    def test_portal_user_and_finance_cannot_invite(self):
        for user in (self.portal_contractor, self.user_finance):
            with self.assertRefused("Invitations are given by supervisors and managers.", AccessError):
                self._invite(user)

    def test_supervisor_of_another_community_cannot_invite(self):
        with self.assertRefused("has nothing to do with your communities.", AccessError):
            self._invite(self.user_outsider)
        with self.assertRefused("has nothing to do with your communities.", AccessError):
            self._invite(self.user_outsider, self.representative)

    def test_supervisor_invites_representative_of_own_community(self):
        witness = self._create_contact("Owner Qian")
        self.community.representative_ids |= witness
        invitation = self._invite(self.user_supervisor, witness)
        self.assertEqual(invitation.state, "new")

    def test_supervisor_cannot_invite_somebody_unknown(self):
        with self.assertRefused("has nothing to do with your communities.", AccessError):
            self._invite(self.user_supervisor, self._create_contact("Nobody"))

    def test_staff_is_not_invited(self):
        with self.assertRefused("is staff and logs in as such."):
            self._invite(self.user_manager, self.user_finance.partner_id)

    def test_login_of_somebody_else_is_refused(self):
        with self.assertRefused("is already the login of somebody else."):
            self._invite(self.user_manager, login=self.portal_competitor.login)

    def test_login_is_a_mobile_number(self):
        for login in ("", "foreman", "admin", "12"):
            with self.assertRefused("Enter a mobile number: digits only, at least six."):
                self._invite(self.user_manager, login=login)

    def test_firm_itself_is_not_invited(self):
        with self.assertRefused("Invite a person, not a firm"):
            self._invite(self.user_manager, self.contractor)

    def test_stamps_cannot_be_sent_along(self):
        invitations = self.env["outsourcing.invitation"].with_user(self.user_supervisor)
        invitation = invitations.with_context(default_date_expiry="2099-01-01", default_user_id=2).create(
            {"partner_id": self.performer.id, "login": "13900000001", "date_expiry": "2099-01-01"}
        )
        self.assertLess(invitation.date_expiry.year, 2099)
        self.assertFalse(invitation.user_id)

    def test_nobody_writes_or_deletes_an_invitation(self):
        invitation = self._invite(self.user_manager)
        for vals in ({"login": "13900000002"}, {"date_expiry": "2099-01-01"}):
            with self.assertRaises(AccessError):  # core's own
                invitation.write(vals)
        with self.assertRaises(AccessError):  # core's own
            invitation.unlink()

    def test_token_hash_is_readable_to_nobody(self):
        invitation = self._invite(self.user_manager)
        for name in ("token_hash", "nonce"):
            with self.assertRaises(AccessError):  # core's own
                invitation.read([name])

    def test_portal_user_reads_no_invitation(self):
        self._invite(self.user_manager)
        with self.assertRaises(AccessError):  # core's own
            self.env["outsourcing.invitation"].with_user(self.portal_contractor).search([])

    def test_supervisor_sees_own_invitations_manager_all(self):
        invitation = self._invite(self.user_supervisor)
        invitations = self.env["outsourcing.invitation"]
        self.assertNotIn(invitation, invitations.with_user(self.user_supervisor2).search([]))
        self.assertIn(invitation, invitations.with_user(self.user_manager2).search([]))

    def test_revoked_invitation_is_not_printed(self):
        invitation = self._invite(self.user_supervisor)
        invitation.action_revoke()
        with self.assertRefused("create a new one."):
            invitation.action_print()

    def test_state_can_be_searched(self):
        invitation = self._invite(self.user_manager)
        invitations = self.env["outsourcing.invitation"].with_user(self.user_manager)
        self.assertIn(invitation, invitations.search([("state", "=", "new")]))
        self.assertNotIn(invitation, invitations.search([("state", "!=", "new")]))
        invitation.action_revoke()
        self.assertIn(invitation, invitations.search([("state", "in", ("revoked", "used"))]))

    def test_buttons_open_the_form_filled_in(self):
        action = self.performer.with_user(self.user_supervisor).action_outsourcing_invite()
        invitations = self.env["outsourcing.invitation"].with_user(self.user_supervisor)
        view = "property_outsourcing_portal.outsourcing_invitation_view_form_new"
        with Form(invitations.with_context(**action["context"]), view) as form:
            self.assertEqual(form.partner_id, self.performer)
            form.login = "13900000001"
        self.assertEqual(form.record.state, "new")
        community = self.community.with_user(self.user_supervisor)
        self.assertEqual(
            community.action_outsourcing_invite()["context"]["default_partner_id"], self.representative.id
        )
        community.sudo().representative_ids = [Command.clear()]
        with self.assertRefused("Name an owners' representative of the community first."):
            community.action_outsourcing_invite()

    def test_login_reaches_every_company_that_names_the_firm(self):
        invitation = self._invite(self.user_manager)
        user = invitation.sudo()._redeem("long enough", "long enough")
        self.assertEqual(user.company_ids, self.contract.company_id)

    def test_user_made_by_hand_meanwhile_is_not_taken_over(self):
        invitation = self._invite(self.user_manager)
        new_test_user(self.env, login="13900000001", groups="base.group_portal", email=False)
        with self.assertRefused("This invitation can no longer be used. Please ask for a new one."):
            invitation.sudo()._redeem("long enough", "long enough")
