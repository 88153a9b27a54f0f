from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .tender_common import TENDER, TenderCommon


@tagged("post_install", "-at_install")
class TestTenderObjection(TenderCommon):
    """Bidders object during the publicity; the contract waits for the answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tender = cls._award(cls._create_opened())
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _object(self, user=None, text="The winner's licence is another firm's"):
        objections = self.env["outsourcing.tender.objection"].with_user(user or self.portal_competitor)
        return objections._portal_raise(self.tender.with_user(objections.env.user), text)

    def _after_publicity(self):
        return freeze_time(f"{self.tender.date_publicity_end + timedelta(days=1)} 12:00:00")

    def test_an_objection_asks_for_an_answer_and_stops_the_contract(self):
        self._object()
        self.assertIn(
            self.env.ref(f"{TENDER}.activity_type_tender_objection"),
            self.tender.activity_ids.activity_type_id,
        )
        with self._after_publicity(), self.assertRefused("An objection waits for its answer"):
            self.tender.lot_ids.action_draft_contract()

    def test_an_answer_lets_the_contract_go_on(self):
        objection = self._object().with_user(self.user_manager)
        self._decide_with_reason(objection, "action_reject", "Checked at the bureau")
        self.assertEqual((objection.state, objection.answer), ("rejected", "Checked at the bureau"))
        self.assertFalse(self.tender.activity_ids)
        with self._after_publicity():
            self.tender.lot_ids.action_draft_contract()
        self.assertTrue(self.tender.lot_ids.contract_id)

    def test_an_upheld_objection_ends_the_award(self):
        objection = self._object().with_user(self.user_manager)
        with self.assertRefused("An award falls only by an objection that was upheld"):
            self._decide_with_reason(self.tender, "action_fail", "No")
        self._decide_with_reason(objection, "action_uphold", "True")
        with self._after_publicity(), self.assertRefused("An objection was upheld"):
            self.tender.lot_ids.action_draft_contract()
        self._decide_with_reason(self.tender, "action_fail", "Objection upheld")
        self.assertEqual(self.tender.state, "failed")

    def test_an_objection_after_its_time_is_refused(self):
        with self._after_publicity(), self.assertRefused("The time for objections is over."):
            self._object()

    def test_only_bidders_object(self):
        with self.assertRefused("Only the people of a firm bid", AccessError):
            self._object(self.user_manager)
        guest = self._create_contractor("Guest")
        office = self._create_portal_user("13800000028", "Guest's office", guest)
        self.tender.sudo()._gated().write({"way_id": self.env.ref(f"{TENDER}.way_public").id})
        with self.assertRefused("Only bidders object to an award.", AccessError):
            self._object(office)

    def test_a_supervisor_does_not_answer(self):
        objection = self._object().with_user(self.user_supervisor)
        with self.assertRefused("You are not the person who may take this step", AccessError):
            objection.action_reject()
