from odoo.tests import tagged

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestPartialAcceptanceStory(MoneyStoryCommon):
    """The second row of 80,000.00 is accepted and paid in three parts: 30,000.00, 33,333.33, 16,666.67."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-03-01"):
            cls.contract = cls._open_facade()
        cls.row = cls._rows(cls.contract)[1]

    def test_one_row_is_settled_in_parts_and_the_columns_add_up(self):
        # part, retention of 3 %, before, in all, retention in all, payable in all, paid before this one
        story = (
            ("2026-04-05", 30000.0, 900.0, 0.0, 30000.0, 900.0, 29100.0),
            ("2026-04-15", 33333.33, 1000.0, 30000.0, 63333.33, 1900.0, 61433.33),
            ("2026-04-30", 16666.67, 500.0, 63333.33, 80000.0, 2400.0, 77600.0),
        )
        for day, part, retention, before, in_all, retained, payable in story:
            with on(day):
                settlement = self._pay_row(self.row, part)
                columns = self._columns(settlement)
            self.assertEqual((settlement.amount_accepted, settlement.amount_retention), (part, retention))
            self.assertEqual((columns["Settled before"], columns["Settled in all"]), (before, in_all))
            self.assertEqual(columns["This settlement"], part)
            self.assertEqual(columns["Retention in all"], retained)
            self.assertEqual((columns["Payable in all"], columns["Paid so far"]), (payable, payable))
        self.assertEqual((self.row.amount_billed, self.row.amount_to_settle), (80000.0, 0.0))
        self.assertEqual(self.contract.amount_withheld, 2400.0)

    def test_an_earlier_statement_prints_the_same_after_later_ones(self):
        with on("2026-04-05"):
            first = self._pay_row(self.row, 30000.0)
            before = self._columns(first)
        with on("2026-04-15"):
            self._pay_row(self.row, 33333.33)
        self.assertEqual(self._columns(first), before)

    def test_no_part_passes_what_is_left(self):
        with on("2026-04-05"):
            self._pay_row(self.row, 30000.0)
            with self._refused("50,000.01|no more than the agreed"):
                self._accept_row_on_site(self.row, 50000.01)
        self.assertEqual(self.row.amount_accepted, 30000.0)
