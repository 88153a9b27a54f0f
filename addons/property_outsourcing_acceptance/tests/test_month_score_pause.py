from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestMonthScorePause(AcceptanceCommon):
    """The score counts on what is left of a month whose fee paused; a wholly paused month is not scored."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-01-01"):
            cls.service = cls._create_active_contract()
        cls.march = cls.service.milestone_ids.filtered(lambda row: row.date_start.month == 3)

    def _suspend(self, day, resumed=None, **vals):
        with freeze_time(day):
            self.service.with_user(self.user_manager)._suspend("Site closed", pauses_fee=True, **vals)
        if resumed:
            with freeze_time(resumed):
                self.service.with_user(self.user_manager2).action_resume()

    def test_factor_counts_on_what_is_payable(self):
        self._suspend("2026-03-11", "2026-03-21")
        sheet = self._create_sheets(self.service, 3)
        self.assertEqual(sheet.amount_claimed, 8129.03)
        sheet._gated().write({"factor": 90.0})
        self.assertEqual(sheet.amount_accepted, 7316.13)

    def test_pause_recorded_afterwards_lowers_the_open_sheet_and_says_why(self):
        sheet = self._create_sheets(self.service, 3)
        self.assertEqual(sheet.amount_claimed, 12000.0)
        self._suspend("2026-04-02", "2026-04-03", date_start=date(2026, 3, 31))
        self.assertEqual(sheet.amount_claimed, 11612.9)
        self.assertTrue(any("1 / 31 days" in body for body in sheet.message_ids.mapped("body")))

    def test_resuming_gives_the_rest_of_the_period_back_to_the_open_sheet(self):
        sheet = self._create_sheets(self.service, 3)
        self._suspend("2026-03-11")
        self.assertEqual(sheet.amount_claimed, 3870.97)
        with freeze_time("2026-03-21"):
            self.service.with_user(self.user_manager2).action_resume()
        self.assertEqual(sheet.amount_claimed, 8129.03)

    def test_wholly_paused_month_gets_no_sheet(self):
        self._suspend("2026-03-01", "2026-04-01")
        sheets = self.env["outsourcing.acceptance"]
        periods = sheets._get_periods_without_sheet(date(2026, 5, 1), self.service)
        self.assertEqual([row.date_start.month for row in periods], [1, 2, 4])
        with self.assertRaisesRegex(UserError, "31 / 31 days"):
            self.march.with_user(self.user_manager).action_start_acceptance()
