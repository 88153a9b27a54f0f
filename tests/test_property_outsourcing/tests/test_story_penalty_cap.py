from datetime import date

from odoo.tests import tagged

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestPenaltyCapStory(MoneyStoryCommon):
    """500.00 for each empty post, 800.00 a month and 1,300.00 in all penalties of the contract at most."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-10-01"):
            days = {"date_start": date(2026, 10, 1), "date_end": date(2027, 9, 30)}
            contract = cls._create_contract(**days)
            contract.rule_ids.unlink()
            contract.penalty_cap = 1300.0
            cls.rule = cls._add_rule(contract, amount=500.0, cap_period=800.0)
            cls.contract = cls._activate(contract)
        cls.october, cls.november, cls.december = cls.contract.milestone_ids[:3]

    def test_two_months_are_cut_and_the_third_is_paid_in_full(self):
        with on("2026-11-02"):
            self._apply_rule(self.rule, self.october, date(2026, 10, 5))
            # 800 a month: of the second case 300 are left
            second = self._apply_rule(self.rule, self.october, date(2026, 10, 6))
            self.assertEqual((second.amount, second.uncapped_amount), (300.0, 500.0))
            self.assertEqual(self._pay_month(self.october).amount_payable, 11200.0)
        with on("2026-12-02"):
            self._apply_rule(self.rule, self.november, date(2026, 11, 5))
            self.assertEqual(self._pay_month(self.november).amount_payable, 11500.0)
        with on("2027-01-04"):
            # 800 + 500 are used up: nothing is left of 1,300
            with self._refused(r"cap of \$1,300.00 on all penalties would be exceeded"):
                self._apply_rule(self.rule, self.december, date(2026, 12, 5))
            self.assertEqual(self._pay_month(self.december).amount_payable, 12000.0)
        self.assertEqual((self.contract.penalty_confirmed, self.contract.amount_paid), (1300.0, 34700.0))

    def test_a_penalty_that_is_dropped_gives_its_part_of_the_cap_back(self):
        with on("2026-11-02"):
            first = self._apply_rule(self.rule, self.october, date(2026, 10, 5))
            self._apply_rule(self.rule, self.november, date(2026, 11, 1))
            self._decide_with_reason(first.with_user(self.user_manager), "action_waive", "Force majeure")
        with on("2026-12-02"):
            self._apply_rule(self.rule, self.october, date(2026, 10, 6))
            paid = [self._pay_month(row).amount_payable for row in (self.october, self.november)]
        self.assertEqual((paid, self.contract.penalty_confirmed), ([11500.0, 11500.0], 1000.0))
