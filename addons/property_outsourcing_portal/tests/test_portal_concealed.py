from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import SIGNATURE, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalConcealed(PortalCommon):
    """A draft is changed and thrown away on the phone; a notice is withdrawn with a reason."""

    def setUp(self):
        super().setUp()
        self.work = self._create_concealed()
        self.url = f"/my/outsourcing/concealed/{self.work.id}"
        self._log_in(self.portal_contractor)

    def _notify(self):
        planned = fields.Datetime.now() + timedelta(hours=60)
        self.work.with_user(self.portal_contractor)._portal_notify(planned, SIGNATURE, "Contractor")

    def test_draft_is_changed_and_thrown_away(self):
        self._send(f"{self.url}/save", {"title": "Bedding, north wall", "state": "accepted"})
        self.env.invalidate_all()
        self.assertEqual((self.work.title, self.work.state), ("Bedding, north wall", "draft"))
        self._send(f"{self.url}/discard")
        self.assertFalse(self.work.exists())

    def test_owners_representative_reads_why_nobody_need_come(self):
        self._notify()
        self._send(f"{self.url}/withdraw", {"reason": "Rain"})
        self.env.invalidate_all()
        self.assertEqual(self.work.state, "draft")
        text = self._page(self.url, self.portal_representative).text
        self.assertIn("nobody need come", text)
        self.assertNotIn(f"{self.url}/save", text)
        refused = self._send(f"{self.url}/save", {"title": "Mine"})
        self.assertIn("Only the contractor of this document may take this step.", refused.text)

    def test_notice_is_not_withdrawn_without_a_reason(self):
        self._notify()
        answer = self._send(f"{self.url}/withdraw", {"reason": " "})
        self.assertIn("Write why the notice is withdrawn.", answer.text)
        self.env.invalidate_all()
        self.assertEqual(self.work.state, "notified")
