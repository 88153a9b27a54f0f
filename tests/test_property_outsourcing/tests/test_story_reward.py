from datetime import date

from odoo.tests import tagged

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestRewardStory(MoneyStoryCommon):
    """A month of 12,000.00 with a reward of 800.00 and a deduction of 300.00: 12,500.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-10-01"):
            contract = cls._create_contract(date_start=date(2026, 10, 1), date_end=date(2027, 9, 30))
            reward = {"name": "No breakdown all month", "direction": "reward", "amount": 800.0}
            cls.reward = cls._add_rule(contract, **reward)
            cls.penalty = cls._add_rule(contract, name="Post left empty", amount=300.0)
            cls.contract = cls._activate(contract)
        cls.october, cls.november = cls.contract.milestone_ids[:2]

    def test_a_reward_adds_to_what_is_paid_beside_a_deduction(self):
        with on("2026-11-02"):
            reward = self._apply_rule(self.reward, self.october, date(2026, 10, 31))
            penalty = self._apply_rule(self.penalty, self.october, date(2026, 10, 20))
            settlement = self._pay_month(self.october)
        self.assertRecordValues(
            settlement,
            [{"amount_reward": 800.0, "amount_deduction": 300.0, "amount_payable": 12500.0}],
        )
        self.assertEqual((settlement.bill_id.amount_total, settlement.amount_paid), (12500.0, 12500.0))
        self.assertEqual((reward | penalty).mapped("state"), ["settled", "settled"])
        # the work is billed as agreed: what is added and taken off stands beside it
        self.assertEqual(self.october.amount_billed, 12000.0)

    def test_a_reward_decided_later_comes_with_the_next_month(self):
        with on("2026-11-02"):
            self.assertEqual(self._pay_month(self.october).amount_payable, 12000.0)
        with on("2026-12-02"):
            self._apply_rule(self.reward, self.october, date(2026, 10, 31))
            self.assertEqual(self._pay_month(self.november).amount_payable, 12800.0)
        self.assertEqual(self.contract.amount_paid, 24800.0)
