from odoo.tests import tagged

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestClosingStory(MoneyStoryCommon):
    """200,000.00 completed on 31 May 2026; 6,000.00 withheld for twelve months; the file closes in 2027."""

    def _complete(self):
        with on("2026-03-01"):
            contract = self._open_facade()
        paid = self._pay_rows_in_time(contract)
        self.assertEqual(paid.mapped("amount_payable"), [58200.0, 77600.0, 58200.0])
        with on("2026-05-31"):
            contract.with_user(self.user_manager).action_complete()
        self.env.invalidate_all()
        return contract

    def test_from_completion_to_the_closed_file(self):
        contract = self._complete()
        self.assertEqual((contract.amount_paid, contract.amount_withheld), (194000.0, 6000.0))
        with on("2027-05-15"):
            self.env["outsourcing.contract"]._cron_announce_retention()
            self.assertIn("6,000.00", " ".join(contract.activity_ids.mapped("summary")))
        with on("2027-05-31"):
            back = self._draw_up_return(contract)
            self.assertEqual(back.amount_payable, 6000.0)  # 1,800 + 2,400 + 1,800
            self._pay(self._post_bill(back))
            contract.with_user(self.user_manager).action_close()
        self.env.invalidate_all()
        self.assertEqual((contract.state, contract.amount_paid), ("closed", 200000.0))
        self.assertEqual(self._balance(self.company.outsourcing_retention_account_id), 0.0)

    def test_the_file_stays_open_while_money_is_withheld(self):
        contract = self._complete()
        with on("2026-07-02"), self._refused("6,000.00 of retention is still withheld"):
            contract.with_user(self.user_manager).action_close()

    def test_the_file_stays_open_while_the_return_is_not_billed(self):
        contract = self._complete()
        with on("2027-05-31"):
            self._draw_up_return(contract)
            with self._refused("on their way"):
                contract.with_user(self.user_manager).action_close()
