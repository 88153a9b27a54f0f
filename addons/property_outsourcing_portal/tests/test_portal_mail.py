from odoo.tests import tagged

from .common import SIGNATURE, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalMail(PortalCommon):
    """Nobody of the portal has an e-mail: whatever the documents write to them must not fail."""

    def test_steps_that_notify_people_without_email(self):
        users = self.portal_contractor | self.portal_third_party | self.portal_representative
        self.assertFalse(any(users.mapped("email")))
        self.contract.contractor_manager_id = self.portal_contractor.partner_id
        acceptance = self._create_acceptance()
        acceptance.message_subscribe(users.partner_id.ids)
        sheet = self._create_score()
        sheet.message_subscribe(users.partner_id.ids)
        self._log_in(self.portal_contractor)
        data = {"result": "pass", "signature": SIGNATURE, "signer_name": "Chen"}
        self._send(f"/my/outsourcing/acceptances/{acceptance.id}/sign", data)
        self._send(f"/my/outsourcing/scores/{sheet.id}/dispute", {"reason": "No"})
        order = self._create_order()
        order.message_subscribe(users.partner_id.ids)
        done = {"step": "completed", "outsourcing_remedy": "Roller replaced"}
        self._send(f"/my/outsourcing/orders/{order.id}/report", done)
        self.env.invalidate_all()
        self.assertEqual(acceptance.state, "property_check")
        self.assertEqual(sheet.state, "disputed")
        self.assertTrue(order.outsourcing_date_completed)
        mails = self.env["mail.mail"].search([("recipient_ids", "in", users.partner_id.ids)])
        mails.send()
        order.with_user(self.user_supervisor).message_post(
            body="Seen", partner_ids=users.partner_id.ids, subtype_xmlid="mail.mt_comment"
        )
