from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestSettlementBlockers(AcceptanceCommon):
    def test_open_serious_defects_and_concealed_works_hold_back_payment(self):
        before = self.works._get_settlement_blockers(self.row1)
        self._create_concealed()
        defect = self.env["outsourcing.defect"].create(
            {
                "contract_id": self.works.id,
                "description": "Loose tiles above the entrance",
                "severity": "critical",
            }
        )
        self.env["outsourcing.defect"].create(
            {"contract_id": self.works.id, "description": "Stain on the glass", "severity": "minor"}
        )
        self.row1.invalidate_recordset()
        blockers = [text for text in self.works._get_settlement_blockers(self.row1) if text not in before]
        self.assertEqual(len(blockers), 2)
        self.assertTrue(any(defect.name in text for text in blockers))

    def test_a_later_defect_does_not_hold_back_an_earlier_month(self):
        contract = self._create_active_contract()
        january, february = contract.milestone_ids.sorted("date_end")[:2]
        self.env["outsourcing.defect"].create(
            {
                "contract_id": contract.id,
                "description": "Brake lining worn",
                "severity": "major",
                "date_found": "2026-02-10",
                "date_deadline": "2026-02-13",
            }
        )
        self.assertFalse(contract._get_defect_blockers(january))
        self.assertTrue(contract._get_defect_blockers(february))

    def test_contract_is_not_completed_with_open_concealed_works(self):
        self._create_concealed()
        self.row1.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "Concealed work"):
            self.works.with_user(self.user_manager).action_complete()

    def test_contract_does_not_end_before_running_acceptances_are_decided(self):
        acceptance = self._start()
        manager = self.works.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, acceptance.name):
            manager.action_complete()
        reason = self.env.ref("property_outsourcing.termination_reason_mutual")
        with self.assertRaisesRegex(UserError, acceptance.name):
            manager._terminate(reason, "By agreement")
        self.assertEqual(self.works.state, "active")
