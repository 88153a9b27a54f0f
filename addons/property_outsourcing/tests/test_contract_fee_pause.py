from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractFeePause(OutsourcingCommon):
    """A suspension without fee reduces the payment rows of its days to the cent, and says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-01-01"):
            cls.contract = cls._create_active_contract()  # 12,000.00 a month

    def _row(self, month, contract=None):
        rows = (contract or self.contract).milestone_ids
        return rows.filtered(lambda row: row.date_start.month == month)

    def _suspend(self, day, contract=None, **vals):
        with freeze_time(day):
            contract = (contract or self.contract).with_user(self.user_manager)
            contract._suspend("Site closed", **{"pauses_fee": True, **vals})

    def _resume(self, day, contract=None):
        with freeze_time(day):
            (contract or self.contract).with_user(self.user_manager2).action_resume()

    def _pause(self, first, resumed, **vals):
        self._suspend(first, **vals)
        self._resume(resumed)

    def _accept(self, row, amount):
        self._accept_row(row, amount, row.date_end, self.community)

    # ---- reckoning --------------------------------------------------------------------------------------

    def test_paused_days_are_taken_off_to_the_cent(self):
        self._pause("2026-03-11", "2026-03-21")
        row = self._row(3)
        self.assertEqual((row.days_paused, row.amount_paused, row.amount_payable), (10, 3870.97, 8129.03))
        self.assertEqual(row.amount, 12000.0)
        self.assertIn("$12,000.00 × 10 / 31 days = $3,870.97", row.pause_formula)
        self.assertIn("2026-03-11 – 2026-03-20", row.pause_formula)
        self.assertFalse(any((self.contract.milestone_ids - row).mapped("amount_paused")))

    def test_pause_over_the_boundary_of_two_periods(self):
        self._pause("2026-03-25", "2026-04-06")
        self.assertEqual(self._row(3).mapped("amount_paused"), [2709.68])  # 7 of 31 days
        self.assertEqual(self._row(4).mapped("amount_paused"), [2000.0])  # 5 of 30 days

    def test_several_pauses_of_one_period_are_rounded_once(self):
        self._pause("2026-03-02", "2026-03-03")
        self._pause("2026-03-03", "2026-03-04")
        self._pause("2026-03-30", "2026-04-01")
        row = self._row(3)
        self.assertEqual((row.days_paused, row.amount_paused), (4, 1548.39))
        self.assertEqual(row.pause_formula.count("–"), 3)
        self.assertFalse(self._row(4).days_paused)

    def test_resumed_on_the_same_day_nothing_is_taken_off(self):
        self._pause("2026-03-11", "2026-03-11")
        self.assertFalse(any(self.contract.milestone_ids.mapped("amount_paused")))
        self.assertFalse(self._row(3).pause_formula)

    def test_pause_still_open_at_the_end_of_the_period(self):
        self._suspend("2026-03-11")
        march, april = self._row(3), self._row(4)
        self.assertEqual((march.amount_payable, april.amount_payable), (3870.97, 0.0))
        self.assertEqual(april.progress, "paused")
        with freeze_time("2026-04-02"), self.assertRaisesRegex(UserError, r"at most \$3,870.97"):
            self._accept(march, 12000.0)
        self._accept(march, 3870.97)
        self._resume("2026-04-16")
        self.assertEqual((march.amount_payable, april.amount_payable), (3870.97, 6000.0))
        self.assertFalse(self._row(5).days_paused)

    def test_suspension_that_keeps_the_fee_takes_nothing_off(self):
        self._pause("2026-03-11", "2026-03-21", pauses_fee=False)
        self.assertFalse(any(self.contract.milestone_ids.mapped("days_paused")))

    def test_a_prorated_period_pauses_by_its_own_days(self):
        with freeze_time("2026-01-16"):
            contract = self._create_active_contract(date_start=date(2026, 1, 16))
        self._suspend("2026-01-20", contract)
        self._resume("2026-01-24", contract)
        row = self._row(1, contract)
        self.assertEqual((row.amount, row.amount_paused), (6193.55, 1548.39))  # 4 of 16 days

    def test_every_community_of_the_contract_pauses(self):
        communities = self.community | self.other_community
        with freeze_time("2026-01-01"):
            contract = self._create_active_contract(community_ids=communities.ids)
        self._suspend("2026-06-01", contract)
        self._resume("2026-06-04", contract)
        self.assertEqual(self._row(6, contract).mapped("amount_paused"), [1200.0, 1200.0])

    def test_termination_ends_the_pause(self):
        self._suspend("2026-03-11")
        with freeze_time("2026-03-21"):
            reason = self.env.ref("property_outsourcing.termination_reason_visits")
            self.contract.with_user(self.user_manager)._terminate(reason, "Enough")
        self.assertEqual(self._row(3).days_paused, 10)

    # ---- what is accepted does not change silently ------------------------------------------------------

    def test_accepted_period_stops_a_pause_reaching_back_into_it(self):
        self._accept(self._row(3), 12000.0)
        with self.assertRaisesRegex(UserError, "accepted already"):
            self._suspend("2026-04-02", date_start=date(2026, 3, 20))
        self.assertEqual(self.contract.state, "active")
        self.assertFalse(self.contract.suspension_ids)
        self._suspend("2026-04-02", date_start=date(2026, 4, 1))
        self.assertEqual((self._row(3).amount_payable, self._row(3).amount_accepted), (12000.0, 12000.0))

    def test_suspension_does_not_reach_into_a_former_one_or_before_the_term(self):
        self._pause("2026-03-11", "2026-03-21")
        with self.assertRaisesRegex(UserError, "2026-03-21 at the earliest"):
            self._suspend("2026-04-02", date_start=date(2026, 3, 20))
        with self.assertRaisesRegex(UserError, "at the earliest"):
            self._suspend("2026-04-02", date_start=date(2025, 12, 31))

    def test_no_client_writes_what_is_paused(self):
        row = self._row(3)
        for user in (self.user_manager, self.user_supervisor, self.portal_contractor):
            with self.assertRaises(
                UserError if user != self.portal_contractor else AccessError
            ):  # core's own or ours
                row.with_user(user).write({"days_paused": 5, "amount_payable": 1.0})

    # ---- both sides read why ----------------------------------------------------------------------------

    def test_settlement_takes_what_is_left_and_the_contract_tells_why(self):
        self._pause("2026-03-11", "2026-03-21")
        row = self._row(3)
        self._accept(row, row.amount_payable)
        line = self.contract._prepare_settlement_lines(row)[0]
        # planned work missed meanwhile holds back its own penalties
        self.assertEqual(line["quantity"] + line.get("held_back", 0.0), 8129.03)
        self.assertEqual(row.purchase_line_id.qty_received, 8129.03)
        bodies = " ".join(self.contract.message_ids.mapped("body"))
        self.assertIn("3,870.97", bodies)
        own = row.with_user(self.portal_contractor)
        self.assertEqual((own.amount_payable, own.pause_formula), (8129.03, row.pause_formula))

    def test_a_wholly_paused_period_is_not_what_comes_next(self):
        for month in (1, 2):
            self._accept(self._row(month), 12000.0)
        self._suspend("2026-03-01")
        self._resume("2026-04-01")
        self.assertEqual(self._row(3).progress, "paused")
        self.assertEqual(self.contract.next_milestone_id, self._row(4))

    def test_dialogue_offers_the_pause_for_periods_only(self):
        works = self._create_works_contract()
        for contract, expected in ((self.contract, True), (works, False)):
            action = contract.with_user(self.user_manager).action_suspend()
            wizard = self.env[action["res_model"]].with_user(self.user_manager)
            form = Form(wizard.with_context(**action["context"]))
            self.assertEqual(form.has_periods, expected)

    def test_suspending_costs_the_same_for_one_month_and_for_many(self):
        counts = []
        for months in (2, 24):
            with freeze_time("2026-01-01"):
                end = date(2026 + (months - 1) // 12, (months - 1) % 12 + 1, 28)
                contract = self._create_active_contract(date_end=end)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self._suspend("2026-01-10", contract, pauses_limits=False)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 1)
