from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.property_outsourcing_repairs.tests.repairs_common import RepairsCommon, RepairsFactory

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestRollupTakeBack(RepairsFactory, SettlementCommon):
    """A roll-up that somebody settles is not taken back; one whose settlement was dropped is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        month = RepairsCommon.MONTH
        cls.framework = cls._create_framework()
        cls.order = cls._perform(cls.framework, {"MB-01": 2}, day=month)
        cls.rollup = cls.framework._create_rollups(month)
        cls.settlement = cls._settle(cls.rollup.milestone_id)

    def _take_back(self):
        self.rollup.with_user(self.user_manager2)._take_back("Wrong month")

    def _check_refused(self, message):
        with self.assertRaisesRegex(UserError, message):
            self._take_back()
        self.assertEqual(self.order.outsourcing_rollup_id, self.rollup)

    def test_what_is_in_a_draft_stays(self):
        self._check_refused(f"is in the settlement {self.settlement.name}, which is Draft")

    def test_what_is_submitted_stays(self):
        self.settlement.with_user(self.user_supervisor).action_submit()
        self._check_refused("which is To check")

    def test_what_is_billed_stays(self):
        self._bill(self.settlement)
        self._check_refused("370.00 is billed already")

    def test_a_dropped_settlement_holds_nothing_back(self):
        self.settlement.with_user(self.user_finance)._step_back("cancelled", "Wrong month")
        self._take_back()
        self.assertFalse(self.rollup.exists())
        self.assertEqual(self.settlement.line_ids.quantity, 370.0)
        self.assertEqual(self.order.outsourcing_measure_state, "accepted")
        again = self.framework._create_rollups(RepairsCommon.MONTH)
        self.assertEqual(self._settle(again.milestone_id).amount_payable, 370.0)

    def test_a_deleted_draft_holds_nothing_back(self):
        self.settlement.with_user(self.user_supervisor).unlink()
        self._take_back()
        self.assertFalse(self.rollup.exists())
