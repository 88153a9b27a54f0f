from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SIGNATURE, PortalCommon

PASSWORD = "long enough"
ACTIVITY = "property_outsourcing_portal.activity_type_portal_reset"


@tagged("post_install", "-at_install")
class TestInvitationTakeover(PortalCommon):
    """Whoever replaces a password takes the person's place: never without a manager, never unseen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.portal_contractor.partner_id

    def _invite(self, user, partner=None, login="13800000001"):
        invitations = self.env["outsourcing.invitation"].with_user(user)
        return invitations.create({"partner_id": (partner or self.person).id, "login": login})

    def _activities(self):
        return self.person.activity_ids.filtered(lambda row: row.activity_type_id == self.env.ref(ACTIVITY))

    def test_supervisor_gets_no_link_for_somebody_with_a_password(self):
        invitation = self._invite(self.user_supervisor)
        self.assertEqual((invitation.state, invitation.link, invitation.qr_code), ("waiting", False, False))
        self.assertEqual(self._activities().user_id, self.contract.manager_id or self.user_manager)
        with self.assertRaisesRegex(UserError, "Waits for a manager"):
            invitation.action_print()
        token = invitation.sudo()._get_token()
        self.assertNotIn('name="password"', self._page(f"/outsourcing/join/{token}").text)
        with self.assertRefused("This invitation has just been used."):
            invitation.sudo()._redeem(PASSWORD, PASSWORD)

    def test_supervisor_does_not_allow_it_himself(self):
        invitation = self._invite(self.user_supervisor)
        with self.assertRaisesRegex(AccessError, "Only an outsourcing manager allows"):
            invitation.action_approve()
        stamped = {
            "partner_id": self.person.id,
            "login": "13800000001",
            "approved_by_id": self.user_manager.id,
        }
        invitations = self.env["outsourcing.invitation"].with_user(self.user_supervisor)
        forged = invitations.with_context(default_approved_by_id=self.user_manager.id).create(stamped)
        self.assertEqual(forged.state, "waiting")

    def test_manager_allows_the_link_once(self):
        invitation = self._invite(self.user_supervisor)
        as_manager = invitation.with_user(self.user_manager)
        as_manager.action_approve()
        self.assertEqual((as_manager.state, as_manager.approved_by_id), ("new", self.user_manager))
        self.assertEqual(self._activities().user_id, self.user_supervisor)
        self.assertTrue(invitation.with_user(self.user_supervisor).link)
        with self.assertRaisesRegex(UserError, "nothing to allow"):
            as_manager.action_approve()

    def test_somebody_without_a_password_needs_no_manager(self):
        self.assertEqual(self._invite(self.user_supervisor, self.performer, "13900000001").state, "new")
        self.assertEqual(self._invite(self.user_manager).state, "new")

    def test_password_set_meanwhile_is_not_replaced(self):
        invitation = self._invite(self.user_supervisor, self.performer, "13900000001")
        self._create_portal_user("13900000001", partner=self.performer)
        with self.assertRaisesRegex(UserError, "can no longer be used"):
            invitation.sudo()._redeem(PASSWORD, PASSWORD)

    def test_states_are_found(self):
        invitation = self._invite(self.user_supervisor)
        invitations = self.env["outsourcing.invitation"].with_user(self.user_manager)
        self.assertIn(invitation, invitations.search([("state", "=", "waiting")]))
        self.assertNotIn(invitation, invitations.search([("state", "=", "new")]))
        invitation.with_user(self.user_manager).action_approve()
        self.assertIn(invitation, invitations.search([("state", "=", "new")]))

    def _replace_password(self):
        invitation = self._invite(self.user_supervisor)
        invitation.with_user(self.user_manager).action_approve()
        invitation.sudo()._redeem(PASSWORD, PASSWORD)

    def test_person_and_colleagues_read_who_replaced_it(self):
        self._replace_password()
        self.authenticate("13800000001", PASSWORD)
        text = self._page("/my/outsourcing").text
        self.assertIn("Your password was replaced on", text)
        self.assertIn("Wang Supervisor, allowed by Zhang Manager", text)
        text = self._page("/my/outsourcing", self.colleague).text
        self.assertIn("office can act for Steady Elevators since", text)
        self.assertNotIn("o_outsourcing_notice", self._page("/my/outsourcing", self.portal_competitor).text)

    def test_own_first_password_and_own_change_are_not_announced(self):
        self._invite(self.user_supervisor, self.performer, "13900000001").sudo()._redeem(PASSWORD, PASSWORD)
        user = self.performer.user_ids
        self.assertFalse(user._get_password_notices())
        user.with_user(user).change_password(PASSWORD, "another one")
        self.assertFalse(user._get_password_notices())
        self.assertIn("Chen Foreman can act for", self.colleague._get_password_notices()[0])

    def test_password_set_by_the_administrator_is_announced_too(self):
        self.portal_contractor.with_user(self.user_admin).sudo().password = PASSWORD
        self.assertIn("was replaced", self.portal_contractor._get_password_notices()[0])

    def test_signature_of_that_day_carries_the_remark(self):
        acceptance = self._create_acceptance()
        self._replace_password()
        self.authenticate("13800000001", PASSWORD)
        url = f"/my/outsourcing/acceptances/{acceptance.id}"
        data = {"result": "pass", "signature": SIGNATURE, "signer_name": "Li", "comment": "done"}
        remark = "password set the same day through Wang Supervisor, allowed by Zhang Manager"
        self.assertIn(remark, self._send(f"{url}/sign", data).text)
        self.env.invalidate_all()
        self.assertTrue(acceptance.stage_ids.filtered("date_signed"))
        notes = acceptance.message_ids.filtered(lambda message: remark in (message.body or ""))
        self.assertEqual(len(notes), 1)
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "property_outsourcing_acceptance.report_acceptance", acceptance.ids
        )
        self.assertIn(remark, html.decode())

    def test_signature_of_another_day_carries_none(self):
        self._replace_password()
        now = fields.Datetime.now()
        self.assertTrue(self.portal_contractor._get_signature_remark(now))
        for moment in (now - timedelta(days=1), now + timedelta(days=1)):
            self.assertFalse(self.portal_contractor._get_signature_remark(moment))
        self.assertFalse(self.colleague._get_signature_remark(now))

    def test_nobody_rewrites_the_record_of_it(self):
        self._replace_password()
        resets = self.env["outsourcing.password.reset"]
        reset = resets.search([], limit=1)
        with self.assertRaises(AccessError):  # core's own
            reset.with_user(self.user_admin).unlink()
        with self.assertRaises(AccessError):  # core's own
            resets.with_user(self.portal_contractor).search([])
