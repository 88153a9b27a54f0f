from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import OutsourcingCommon
from .contract_year import month_start


@tagged("post_install", "-at_install")
class TestClauseFigures(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.clause = cls.contract.rule_ids.filtered(lambda rule: rule.trigger == "inspection_missed")

    def _quantity(self, fact_type, per, value):
        self.clause._gated().write({"per": per})
        fact = self.env["outsourcing.fact"].new({"fact_type": fact_type})
        return self.clause._get_quantity(fact, value)

    def test_a_delay_counts_in_hours_in_days_begun_or_once(self):
        self.assertEqual(self._quantity("order_late", "hour", 30.0), 30.0)
        self.assertEqual(self._quantity("order_late", "day", 30.0), 2.0)
        self.assertEqual(self._quantity("order_late", "day", 48.0), 2.0)
        self.assertEqual(self._quantity("order_late", "occurrence", 30.0), 1.0)

    def test_a_delay_measured_in_days_counts_in_hours_as_well(self):
        self.assertEqual(self._quantity("rectification_late", "hour", 1.5), 36.0)
        self.assertEqual(self._quantity("rectification_late", "day", 1.5), 2.0)

    def test_what_is_no_time_counts_as_often_as_it_was(self):
        self.assertEqual(self._quantity("inspection_missed", "day", 3.0), 3.0)

    def test_what_can_still_be_appealed_is_not_settled(self):
        self.contract._propose_adjustment(
            "inspection_missed", self.community, date=date(2026, 1, 5), key="missed"
        )
        adjustment = self.contract.adjustment_ids
        adjustment.with_user(self.user_manager).action_confirm()
        with self.assertRefused("An adjustment that can still be appealed is not settled."):
            adjustment.with_user(self.user_finance)._transition_to("settled")
        with freeze_time(fields.Date.add(adjustment.appeal_deadline, days=1)):
            adjustment.with_user(self.user_finance)._transition_to("settled")
        self.assertEqual(adjustment.state, "settled")

    def test_what_is_held_back_is_in_the_tax_basis_of_the_rows(self):
        held = {}
        for included in (True, False):
            self.contract._gated().write({"tax_included": included, "tax_rate": 6.0})
            for basis in ("gross", "net"):
                adjustment = self.env["outsourcing.adjustment"].new(
                    {"contract_id": self.contract.id, "amount": 600.0, "tax_basis": basis}
                )
                held[included, basis] = adjustment._get_amount_to_hold()
        self.assertEqual(
            held,
            {(True, "gross"): 600.0, (True, "net"): 636.0, (False, "gross"): 566.04, (False, "net"): 600.0},
        )

    def test_the_likely_milestone_is_the_first_that_is_not_accepted(self):
        works = self._create_works_contract()
        first, second = works.milestone_ids[:2]
        clause = works.rule_ids[:1]
        clause._gated().write({"basis": "percent_milestone"})
        self.assertEqual(clause._get_likely_row(False, self.community), first)
        self._accept_row(first, first.amount_payable, date(2026, 3, 31), self.community)
        self.assertEqual(clause._get_likely_row(False, self.community), second)

    def test_the_example_is_of_one_occurrence(self):
        self.clause._gated().write({"basis": "fixed", "amount": 150.0, "rate": 0.0})
        self.assertIn("150.00", self.clause.example)
        self.assertNotIn("300.00", self.clause.example)
        self.clause._gated().write({"basis": "actual_loss", "trigger": "manual", "amount": 0.0})
        self.assertFalse(self.clause.example)

    def test_a_share_of_no_row_is_told_to_come_to_nothing(self):
        clause = self._create_works_contract().rule_ids[:1]
        told = {}
        for trigger in ("inspection_missed", "completion_late"):
            for basis in ("percent_period", "fixed"):
                clause._gated().write({"trigger": trigger, "basis": basis, "rate": 1.0, "amount": 10.0})
                told[trigger, basis] = clause._get_idle_message()
        sentence = told.pop(("inspection_missed", "percent_period"))
        self.assertIn("what it listens to belongs to no payment row", sentence)
        self.assertEqual(set(told.values()), {False})
        self.clause._gated().write({"basis": "percent_period", "rate": 1.0})
        self.assertFalse(self.clause._get_idle_message(), "a service has a period for every day")

    def test_the_cap_of_a_period_may_be_reached(self):
        self.clause._gated().write({"basis": "fixed", "amount": 600.0, "rate": 0.0, "cap_period": 600.0})
        self.contract._propose_adjustment("inspection_missed", self.community, date=month_start(1), key="1")
        adjustment = self.contract.adjustment_ids.filtered(lambda own: own.rule_id == self.clause)
        adjustment.with_user(self.user_manager).action_confirm()
        self.assertEqual((adjustment.state, adjustment.amount), ("confirmed", 600.0))

    def test_what_is_held_back_covers_the_share_that_is_retained_of_it(self):
        works = self._create_works_contract()
        works._gated().write({"tax_included": True, "retention_rate": 3.0})
        adjustment = self.env["outsourcing.adjustment"].new(
            {"contract_id": works.id, "amount": 97.0, "tax_basis": "gross"}
        )
        self.assertEqual(adjustment._get_amount_to_hold(), 100.0)
