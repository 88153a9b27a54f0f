from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-26")
class TestContractRenewal(AmendmentCommon):
    """A renewal starts from what is in force, for a whole term, and shows what differs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        term = {"date_start": date(2026, 10, 1), "date_end": date(2027, 9, 30)}
        cls.day = date(2026, 11, 10)
        cls.contract = cls._create_active_contract(period_amount=28000.0, **term)

    def _amend_all(self):
        """The fee rises to 30,000, River Bay joins at 9,300, the year ends on 14 February already."""
        joining = {"kind": "community_add", "community_id": self.other_community.id, "amount": 9300.0}
        for line in (
            {"kind": "period_fee", "community_id": self.community.id, "amount": 30000.0,
             "date": date(2026, 12, 1)},
            {**joining, "date": date(2027, 1, 1)},
            {"kind": "end_date", "date": date(2027, 2, 14)},
        ):  # fmt: skip
            self._amend(self.contract, line, date_effective=self.day)

    def _renew(self, start, end):
        return self.contract.with_user(self.user_manager)._renew(start, end)

    def test_each_community_starts_from_its_fee_in_force(self):
        """14/28 of February, March to June, 1/31 of July: 39,300 x 4.5 + 967.74 + 300.00."""
        self._amend_all()
        renewal = self._renew(date(2027, 2, 15), date(2027, 7, 1))
        fees = {fee.community_id: fee.amount for fee in renewal.fee_ids}
        self.assertEqual(fees, {self.community: 30000.0, self.other_community: 9300.0})
        self.assertEqual(renewal.amount_total, 178117.74)
        self.assertEqual(sum(renewal.milestone_ids.mapped("amount")), 178117.74)

    def test_next_term_is_as_long_as_the_one_that_was_signed(self):
        """A year: 39,300 x 11.5, and 14 of the 29 days of February 2028."""
        self._amend_all()
        self.assertEqual(self.contract._get_next_term(), (date(2027, 2, 15), date(2028, 2, 14)))
        renewal = self._renew(date(2027, 2, 15), date(2028, 2, 14))
        self.assertEqual(renewal.amount_total, 451950.0 + 14482.76 + 4489.66)

    def test_dialog_shows_the_difference_and_follows_the_dates(self):
        self._amend_all()
        manager = self.contract.with_user(self.user_manager)
        action = manager.action_renew()
        dialog = self.env[action["res_model"]].with_user(self.user_manager)
        form = Form(dialog.with_context(**action["context"]))
        form.date_end = date(2027, 7, 1)
        wizard = form.save()
        figures = {
            line.community_id: (line.fee, line.amount_before, line.amount_after, line.difference)
            for line in wizard.line_ids
        }
        # 28,000 x 2 + 30,000 x 2.5, and 9,300 x 1.5
        own, joined = figures[self.community], figures[self.other_community]
        self.assertEqual([round(x, 2) for x in own], [30000.0, 131000.0, 135967.74, 4967.74])
        self.assertEqual([round(x, 2) for x in joined], [9300.0, 13950.0, 42150.0, 28200.0])
        renewal = self.contract.browse(wizard.action_confirm()["res_id"])
        self.assertIn(
            "this term $13,950.00, next term $42,150.00", "".join(renewal.message_ids.mapped("body"))
        )

    def test_one_community_at_the_amount_per_period_shows_its_difference(self):
        """12 x 28,000 in both terms."""
        rows = self.contract._get_renewal_differences(date(2027, 10, 1), date(2028, 9, 30))
        figures = [(row["fee"], row["amount_before"], row["amount_after"]) for row in rows]
        self.assertEqual(figures, [(28000.0, 336000.0, 336000.0)])

    def test_supervisor_of_one_community_is_told_who_renews(self):
        self._amend_all()
        with self.assertRaisesRegex(UserError, "no member of: ask its project manager to renew it"):
            self.contract.with_user(self.user_supervisor).action_renew()
        self.other_community.supervisor_ids |= self.user_supervisor
        renewal = self.contract.with_user(self.user_supervisor)._renew(date(2027, 2, 15), date(2027, 7, 1))
        self.assertEqual(renewal.amount_total, 178117.74)

    def test_community_that_left_is_not_renewed(self):
        self._amend_all()
        leaving = {"kind": "community_remove", "community_id": self.other_community.id}
        self._amend(self.contract, {**leaving, "date": date(2027, 2, 1)}, date_effective=self.day)
        renewal = self._renew(date(2027, 2, 15), date(2027, 7, 1))
        self.assertEqual((renewal.community_ids, renewal.amount_total), (self.community, 135967.74))

    def test_fee_rows_stay_rows_and_ended_ones_go(self):
        """Ten elevators at 1,200, then eight; the row of the promotion in October is over."""
        draft = self._create_contract(date_start=date(2026, 10, 1), date_end=date(2027, 9, 30))
        rows = [
            {"name": "Elevators", "quantity": 10, "price_unit": 1200.0},
            {"name": "Escalators", "quantity": 2, "price_unit": 500.0},
            {"name": "Move-in", "quantity": 1, "price_unit": 99.0, "date_to": date(2026, 10, 31)},
        ]
        draft.fee_ids = [Command.create({"community_id": self.community.id, **row}) for row in rows]
        draft.action_generate_periods()
        self.contract = self._activate(draft)
        self._amend(
            self.contract,
            {"kind": "equipment_remove", "equipment_ids": [Command.set(self.elevator.ids)], "amount": 1200.0,
             "date": date(2026, 12, 1)},
            date_effective=self.day,
        )  # fmt: skip
        renewal = self._renew(date(2027, 10, 1), date(2028, 9, 30))
        fees = [(fee.name, fee.quantity, fee.amount) for fee in renewal.fee_ids]
        self.assertEqual(fees, [("Elevators", 9.0, 10800.0), ("Escalators", 2.0, 1000.0)])
        self.assertEqual(renewal.amount_total, 12 * 11800.0)

    def test_terms_of_odd_days_are_followed_by_a_usual_one(self):
        for start, end, expected in (
            (date(2026, 2, 15), date(2027, 2, 14), date(2028, 2, 14)),
            (date(2026, 2, 15), date(2026, 12, 31), date(2027, 12, 31)),
            (date(2026, 10, 1), date(2027, 2, 14), date(2027, 8, 14)),
            (date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28)),
        ):
            contract = self._create_contract(date_start=start, date_end=end)
            self.assertEqual(contract._get_next_term()[1], expected, f"{start} - {end}")
