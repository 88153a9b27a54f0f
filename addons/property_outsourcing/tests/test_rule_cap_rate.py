from dateutil.relativedelta import relativedelta

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
        with self.assertRaisesRegex(UserError, r"cap of \$1,200.00 per period would be exceeded"):
            self._confirm(self.of_period)

    def test_all_cases_cost_their_share_of_the_contract_at_most(self):
        self.assertEqual([self._confirm(self.of_contract) for _case in range(2)], [7200.0, 4320.0])
        with self.assertRaisesRegex(UserError, r"the cap of \$11,520.00 would be exceeded"):
            self._confirm(self.of_contract)

    def test_a_cap_below_the_rate_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "must lie between the rate and 100 percent"):
            self.of_period._gated().write({"cap_rate": 4.0})

    def test_a_rate_may_take_the_whole_fee(self):
        self.of_period._gated().write({"rate": 100.0, "cap_rate": 0.0})
        self.assertEqual(self._fill(self.of_period).amount, 12000.0)

    def test_a_rate_above_the_whole_fee_is_refused(self):
        with self.assertRefused("the rate must lie between 0 and 100 percent", ValidationError):
            self.of_period._gated().write({"rate": 100.5, "cap_rate": 0.0})

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
        with self.assertRaisesRegex(UserError, r"the cap of \$14,400.00 on all penalties would be exceeded"):
            self._confirm(self.ordinary)

    def test_what_is_outside_the_cap_neither_fills_it_nor_is_cut_by_it(self):
        self.assertEqual([self._confirm(self.falsified) for _case in range(2)], [9000.0, 9000.0])
        self.assertEqual(self.contract.penalty_confirmed, 0.0)
        self.assertEqual(self._confirm(self.ordinary), 9000.0)


@tagged("post_install", "-at_install")
class TestPeriodPenaltyCap(ManualCommon):
    """All penalties of one period together cost a share of its fee: 20% of 12,000.00 are 2,400.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract(**cls.term, period_penalty_cap_rate=20.0)
        amounts = {"First": 1400.0, "Second": 1000.0, "Third": 1400.0, "Falsified record": 9000.0}
        cls.contract.rule_ids = [
            Command.clear(),
            *(
                Command.create(
                    {"name": name, "basis": "fixed", "amount": amount, "outside_cap": amount == 9000.0}
                )
                for name, amount in amounts.items()
            ),
        ]
        cls._run(cls.contract)
        cls.first, cls.second, cls.third, cls.falsified = cls.contract.rule_ids
        cls.this_month = cls.contract._get_period(cls.today)

    def _confirm(self, rule, **vals):
        adjustment = self._fill(rule).with_user(self.user_manager)
        adjustment._gated().write(vals)
        adjustment.action_confirm()
        return adjustment

    def test_a_service_contract_starts_with_the_share_of_its_service_type(self):
        values = self._prepare_contract("service_type_elevator")
        del values["period_penalty_cap_rate"]
        contract = self.env["outsourcing.contract"].create(values)
        self.assertEqual(contract.period_penalty_cap_rate, 20.0)
        self.assertEqual(self.contract._get_period_penalty_cap(self.this_month), 2400.0)

    def test_works_have_no_period_and_no_such_cap(self):
        works = self._create_works_draft(period_penalty_cap_rate=20.0)
        self.assertEqual(works._get_period_penalty_cap(works.milestone_ids[0]), 0.0)

    def test_penalties_reach_the_cap_exactly_and_the_next_is_refused(self):
        amounts = [self._confirm(rule).amount for rule in (self.first, self.second)]
        self.assertEqual(amounts, [1400.0, 1000.0])
        with self.assertRefused(
            f"the cap of $2,400.00 on all penalties of {self.this_month.display_name} (20% of its fee) would "
            "be exceeded; $2,400.00 of it is used up"
        ):
            self._confirm(self.third)

    def test_one_that_passes_the_cap_is_cut_to_what_is_left_and_says_so(self):
        self._confirm(self.first)
        proposal = self._fill(self.third)
        self.assertIn(
            f"Above the cap of $2,400.00 on all penalties of {self.this_month.display_name}, of which "
            "$1,400.00 is used up. It is confirmed with what is left: $1,000.00.",
            proposal.cap_note,
        )
        proposal.with_user(self.user_manager).action_confirm()
        self.assertEqual((proposal.amount, proposal.cap_scope), (1000.0, "period"))
        self.assertRegex(
            proposal._prepare_settlement_line()["formula"],
            "what was left of the cap of .*2,400.00 on all penalties of the period",
        )

    def test_one_that_fits_under_the_cap_says_nothing_of_what_is_left(self):
        self._confirm(self.first)
        self.assertFalse(self._fill(self.second).cap_note)

    def test_those_confirmed_in_one_step_share_the_cap(self):
        both = (self._fill(self.first) | self._fill(self.third)).with_user(self.user_manager)
        both.action_confirm()
        self.assertEqual(both.sorted("id").mapped("amount"), [1400.0, 1000.0])

    def test_a_penalty_without_a_row_counts_in_the_period_of_its_day(self):
        self._confirm(self.first, milestone_id=False)
        self.assertEqual(self._confirm(self.third).amount, 1000.0)

    def test_another_period_has_its_own_cap(self):
        self._confirm(self.first)
        month_before = self.today - relativedelta(months=1)
        earlier = self.contract._get_period(month_before)
        adjustment = self._confirm(self.third, milestone_id=earlier.id, date=month_before)
        self.assertEqual((adjustment.amount, adjustment.cap_cut), (1400.0, 0.0))

    def test_what_is_outside_the_cap_neither_fills_it_nor_is_cut_by_it(self):
        self.assertEqual(self._confirm(self.falsified).amount, 9000.0)
        self.assertEqual(self._confirm(self.first).amount, 1400.0)

    def test_a_waived_penalty_gives_its_part_back(self):
        self._confirm(self.first)._waive("Mistaken")
        self.assertEqual(self._confirm(self.third).amount, 1400.0)

    def test_the_paper_names_both_caps(self):
        self.contract.penalty_cap_rate = 10.0
        period, total = self.contract._get_penalty_cap_terms()
        self.assertIn("of one settlement period together come to at most 20% of its fee", period)
        self.assertIn("at most 10%", total)

    def test_a_share_above_the_fee_is_refused(self):
        with self.assertRefused("must lie between 0 and 100 percent", ValidationError):
            self.contract._gated().write({"period_penalty_cap_rate": 120.0})
