from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintCharge(ComplaintCommon):
    """Compensation and fees: entered by one, agreed by another, then as they are."""

    def _charge(self, **vals):
        complaint = self._accepted()
        row = {"note": "Spoilt food", "amount": 200, **vals}
        complaint.charge_ids = [Command.create(row)]
        return complaint.charge_ids

    def test_a_manager_who_has_not_entered_it_agrees(self):
        charge = self._charge()
        self.assertEqual((charge.entered_by_id, charge.borne_by), (self.user_supervisor, "company"))
        self.assertFalse(charge.complaint_id.compensation_amount)
        for user in (self.user_supervisor, self.user_supervisor2):
            with self.assertRefused("A manager who has not entered it agrees to it"):
                charge.with_user(user).action_agree()
        charge.with_user(self.user_manager).action_agree()
        self.assertEqual(charge.agreed_by_id, self.user_manager)
        self.assertEqual(charge.complaint_id.compensation_amount, 200)
        self.assertIn("Spoilt food", charge.complaint_id.message_ids[0].body)

    def test_who_changes_the_amount_does_not_agree_to_it(self):
        charge = self._charge().with_user(self.user_manager)
        charge.amount = 900
        with self.assertRefused("A manager who has not entered it agrees to it"):
            charge.action_agree()

    def test_what_was_agreed_stays(self):
        charge = self._charge()
        charge.with_user(self.user_manager).action_agree()
        with self.assertRefused("What was agreed with the resident stays as it is"):
            charge.amount = 300
        with self.assertRefused("What was agreed with the resident stays as it is"):
            charge.with_context(_force_unlink=True).unlink()

    def test_a_fee_is_borne_by_the_resident(self):
        charge = self._charge(kind="fee", note="A new tap")
        charge.with_user(self.user_manager).action_agree()
        self.assertEqual(charge.borne_by, "resident")
        self.assertEqual((charge.complaint_id.fee_amount, charge.complaint_id.compensation_amount), (200, 0))

    def test_nobody_agrees_by_writing(self):
        with self.assertRefused("These values are written by the system alone"):
            self._charge(agreed_by_id=self.user_manager.id)
        with self.assertRefused("charge_amount_positive", error=Exception), mute_logger("odoo.sql_db"):
            self._charge(amount=0)
