from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .test_adjustment_manual import ManualCommon

CLAUSES = [
    {"name": "Same fault again", "basis": "percent_period", "rate": 5.0, "cap_rate": 10.0},
    {"name": "Material swapped", "basis": "percent_contract", "rate": 5.0, "cap_rate": 8.0},
]


@tagged("post_install", "-at_install")
class TestRuleCapRate(ManualCommon):
    """A cap in percent is a share of the fee of one period, or of the contract amount for all cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract(**cls.term)
        cls.contract.rule_ids = [Command.clear(), *(Command.create(vals) for vals in CLAUSES)]
        cls._run(cls.contract)
        cls.of_period, cls.of_contract = cls.contract.rule_ids

    def _confirm(self, rule):
        adjustment = self._fill(rule).with_user(self.user_manager)
        adjustment.action_confirm()
        return adjustment.amount

    def test_a_period_costs_its_share_at_most(self):
        self.assertEqual([self._confirm(self.of_period) for _case in range(2)], [600.0, 600.0])
        with self.assertRaisesRegex(UserError, "cap of 1200.0 per period would be exceeded"):
            self._confirm(self.of_period)

    def test_all_cases_cost_their_share_of_the_contract_at_most(self):
        self.assertEqual([self._confirm(self.of_contract) for _case in range(2)], [7200.0, 4320.0])
        with self.assertRaisesRegex(UserError, "the cap of 11520.0 would be exceeded"):
            self._confirm(self.of_contract)

    def test_a_cap_below_the_rate_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "must lie between the rate and 100 percent"):
            self.of_period._gated().write({"cap_rate": 4.0})

    def test_the_clause_as_printed_names_its_cap(self):
        self.assertIn("at most 10% of the period fee", self.of_period._get_print_terms())


@tagged("post_install", "-at_install")
class TestPenaltyCapRate(ManualCommon):
    """All penalties together cost a share of the contract; danger to people is not bought off by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract(**cls.term)
        fixed = {"basis": "fixed", "amount": 9000.0}
        cls.contract.rule_ids = [
            Command.clear(),
            Command.create({"name": "Ordinary", **fixed}),
            Command.create({"name": "Falsified record", "outside_cap": True, **fixed}),
        ]
        cls._run(cls.contract)
        cls.ordinary, cls.falsified = cls.contract.rule_ids

    def _confirm(self, rule):
        adjustment = self._fill(rule).with_user(self.user_manager)
        adjustment.action_confirm()
        return adjustment.amount

    def test_a_contract_starts_with_the_cap_of_its_service_type(self):
        self.assertEqual((self.contract.penalty_cap_rate, self.contract._get_penalty_cap()), (10.0, 14400.0))
        self.contract._gated().write({"penalty_cap": 12000.0})
        self.assertEqual(self.contract._get_penalty_cap(), 12000.0)

    def test_penalties_are_cut_to_the_share_and_then_refused(self):
        self.assertEqual([self._confirm(self.ordinary) for _case in range(2)], [9000.0, 5400.0])
        with self.assertRaisesRegex(UserError, "the cap of 14400.0 on all penalties would be exceeded"):
            self._confirm(self.ordinary)

    def test_what_is_outside_the_cap_neither_fills_it_nor_is_cut_by_it(self):
        self.assertEqual([self._confirm(self.falsified) for _case in range(2)], [9000.0, 9000.0])
        self.assertEqual(self.contract.penalty_confirmed, 0.0)
        self.assertEqual(self._confirm(self.ordinary), 9000.0)
