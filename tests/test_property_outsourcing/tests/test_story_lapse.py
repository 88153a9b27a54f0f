from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import StoryCommon, on


@tagged("post_install", "-at_install")
class TestLapseStory(StoryCommon):
    """A year of 12,000.00 a month ends on 30 September: announced, lapsed, renewed, its last month paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2025-10-01"):
            cls.contract = cls._create_contract(date_start=date(2025, 10, 1), date_end=date(2026, 9, 30))
            cls._activate(cls.contract)
        cls.last = cls.contract.milestone_ids.sorted("date_start")[-1]

    def _watch(self):
        self.env["outsourcing.contract"]._cron_watch_terms()

    def _asked(self, name):
        kind = self.env.ref(f"property_outsourcing.activity_type_contract_{name}")
        return self.contract.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

    def _dispatch(self, name):
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": name})
        return order.with_env(self.env)

    def test_the_end_is_announced_to_the_manager_once(self):
        with self._day("2026-08-15"):
            self._watch()
            self._watch()
        [asked] = self._asked("expiry")
        self.assertEqual((asked.user_id, asked.date_deadline), (self.user_manager, date(2026, 9, 30)))

    def test_what_was_ordered_in_time_is_finished_and_nothing_new_is_ordered(self):
        with self._day("2026-09-30"):
            order = self._dispatch("Door does not close")
        with self._day("2026-10-01"):
            self._watch()
            self.assertEqual((self.contract.state, self.contract.is_lapsed), ("active", True))
            with self.assertRaisesRegex(UserError, "ended on 2026-09-30: no work is dispatched.*Renew it"):
                self._dispatch("Too late")
            order.with_user(self.portal_contractor)._portal_report("completed", self.performer)
            self.assertTrue(order.outsourcing_date_completed)
        self.assertEqual(self._asked("lapse").user_id, self.user_manager)

    def test_no_round_is_planned_after_the_end(self):
        with self._day("2026-09-25"):
            self.contract.inspection_plan_ids._process_generation(date(2026, 10, 31))
        rounds = self.env["outsourcing.inspection"].search([("contract_id", "=", self.contract.id)])
        self.assertEqual(max(rounds.mapped("date_planned")), date(2026, 9, 30))

    def test_the_last_month_is_scored_and_paid_after_the_end(self):
        with self._day("2026-10-02"):
            self._watch()
            self._hand_in_report(self.last)
            self._score_month(self.last).with_user(self.portal_contractor)._portal_confirm_score()
            settlement = self._settle_and_pay(self.last)
        self.assertEqual((settlement.amount_payable, settlement.payment_state), (12000.0, "paid"))

    def test_the_renewal_takes_over_and_the_lapsed_one_is_completed(self):
        with self._day("2026-10-01"):
            self._watch()
            renewal = self.contract.with_user(self.user_manager)._renew(date(2026, 10, 1), date(2027, 9, 30))
            self.assertEqual((renewal.previous_id, renewal.amount_total), (self.contract, 144000.0))
            self._activate(renewal.with_env(self.env))
            self.assertTrue(renewal.with_user(self.user_supervisor)._dispatch_order({"name": "Go on"}))
            self.contract.with_user(self.user_manager).action_complete()
        self.assertEqual((self.contract.state, self.contract.is_lapsed), ("completed", False))
        self.assertFalse(self._asked("lapse"))

    def test_a_company_may_let_it_complete_by_itself(self):
        self.company.outsourcing_lapse_action = "complete"
        with self._day("2026-10-01"):
            self._watch()
        self.assertEqual(self.contract.state, "completed", self._asked("lapse").mapped("note"))
        with self._day("2026-10-02"):
            self._hand_in_report(self.last)
            self._score_month(self.last).with_user(self.portal_contractor)._portal_confirm_score()
            self.assertEqual(self._settle_and_pay(self.last).amount_payable, 12000.0)
