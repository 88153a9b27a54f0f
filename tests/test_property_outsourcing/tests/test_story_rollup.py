from datetime import date

from odoo.tests import tagged

from odoo.addons.property_outsourcing_repairs.tests.repairs_common import RepairsFactory

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestRollupStory(RepairsFactory, MoneyStoryCommon):
    """Two months of repairs under a framework of 10,000.00: 370.00 + 136.70, then 185.00 + 285.60."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-10-01"):
            days = {"date_start": date(2026, 10, 1), "date_end": date(2027, 9, 30)}
            cls.framework = cls._create_framework(retention_rate=0.0, **days)

    def _repair_in_october(self):
        with on("2026-10-12"):
            self._perform(self.framework, {"MB-01": 2})  # 2 x 185.00
            self._perform(self.framework, {"ZM-01": 2})  # 2 x 68.35

    def _repair_in_november(self):
        with on("2026-11-12"):
            self._perform(self.framework, {"MB-01": 1, "GS-01": 3})  # 185.00 + 3 x 95.20

    def _roll_up(self, month, day):
        with on(day):
            self.framework.with_user(self.user_manager)._create_rollups(month)
        return self.framework.milestone_ids.sorted("date_end")[-1]

    def test_small_orders_of_two_months_are_paid_to_the_cent(self):
        self._repair_in_october()
        october = self._roll_up(date(2026, 10, 1), "2026-11-01")
        self._repair_in_november()
        with on("2026-11-20"):
            first = self._settle_and_pay(october)
        november = self._roll_up(date(2026, 11, 1), "2026-12-01")
        with on("2026-12-03"):
            second = self._settle_and_pay(november)
            columns = self._columns(second)
        self.assertEqual((first.amount_paid, second.amount_paid), (506.7, 470.6))
        self.assertEqual((columns["Settled before"], columns["Settled in all"]), (506.7, 977.3))
        self.assertEqual(columns["Paid so far"], 977.3)
        self.assertEqual((self.framework.amount_billed, self.framework.amount_paid), (977.3, 977.3))

    def test_both_months_may_be_paid_by_one_settlement(self):
        self._repair_in_october()
        rows = self._roll_up(date(2026, 10, 1), "2026-11-01")
        self._repair_in_november()
        rows |= self._roll_up(date(2026, 11, 1), "2026-12-01")
        with on("2026-12-03"):
            settlement = self._settle_and_pay(rows)
        self.assertEqual((len(settlement.line_ids), settlement.amount_paid), (2, 977.3))
        self.assertEqual(rows.mapped("amount_to_settle"), [0.0, 0.0])
