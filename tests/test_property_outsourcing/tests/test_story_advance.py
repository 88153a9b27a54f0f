from odoo.fields import Command
from odoo.tests import tagged

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestAdvanceStory(MoneyStoryCommon):
    """200,000.00 with an advance of 20 %, 40,000.00, of which each row gives back 25 % of its amount."""

    def test_an_advance_is_recovered_to_zero_by_the_rows(self):
        with on("2026-03-01"):
            contract = self._open_with_advance()
        advance = contract.milestone_ids.filtered("is_prepayment")
        advance.with_user(self.user_manager).action_release_advance()
        with on("2026-03-05"):
            self.assertEqual(self._settle_and_pay(advance).amount_payable, 40000.0)
        self._assert_open(contract, 40000.0)

        payable = []
        for row, day, still_open in zip(
            self._rows(contract),
            ("2026-03-31", "2026-04-30", "2026-05-31"),
            # 60,000 x 25 % = 15,000; 80,000 x 25 % = 20,000; of the last 15,000 only 5,000 are left
            (25000.0, 5000.0, 0.0),
            strict=True,
        ):
            with on(day):
                payable.append(self._pay_row(row).amount_payable)
            self._assert_open(contract, still_open)
        # less 3 % retention each: 60,000-1,800-15,000, 80,000-2,400-20,000, 60,000-1,800-5,000
        self.assertEqual(payable, [43200.0, 57600.0, 53200.0])
        # 40,000 + 154,000 left the bank; 6,000 are withheld of 200,000
        self.assertEqual(40000.0 + sum(payable), 200000.0 - 6000.0)
        self.assertEqual((contract.amount_billed, contract.amount_withheld), (200000.0, 6000.0))

    def _open_with_advance(self):
        contract = self._create_works_draft(advance_is_recovered=True, advance_recovery_rate=25.0)
        contract.milestone_ids = [
            Command.create({"name": "Advance", "kind": "advance", "percent": 20.0, "sequence": -1})
        ]
        return self._activate(contract)

    def _assert_open(self, contract, amount):
        self.env.invalidate_all()
        self.assertEqual(contract.amount_advance_open, amount)
        self.assertEqual(self._balance(self.company.outsourcing_prepayment_account_id), amount)
