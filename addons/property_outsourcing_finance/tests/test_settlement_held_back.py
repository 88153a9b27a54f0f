from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementHeldBack(SettlementCommon):
    """An undecided penalty never stops a payment; its own amount comes with a later settlement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_service(months=2)
        cls.january, cls.february = cls.contract.milestone_ids[:2]

    def _propose(self, contract=None, row=None, amount=600.0):
        contract = contract or self.contract
        rule = contract._gated().rule_ids.create(
            {"contract_id": contract.id, "name": "Post left empty", "basis": "fixed", "amount": amount}
        )
        vals = {"rule_id": rule.id, "reason": "Seen on the round", "milestone_id": row and row.id}
        return (
            self.env["outsourcing.adjustment"].with_user(self.user_supervisor).create(vals).with_env(self.env)
        )

    def _decide(self, adjustment, stands=True):
        manager = adjustment.with_user(self.user_manager)
        if stands:
            manager.action_confirm()
            adjustment.with_user(self.portal_contractor)._portal_acknowledge()
        else:
            manager.decision = "The post was relieved"
            manager.action_waive()

    def test_the_rest_is_paid_and_the_line_says_what_it_waits_for(self):
        self._propose(row=self.january)
        settlement = self._settle(self.january)
        self.assertEqual(settlement.amount_payable, 11400.0)
        formula = settlement.line_ids.formula
        self.assertRegex(formula, "accepted .*12,000.00; .*600.00 held back: Zhang Manager decides")
        self._bill(settlement)
        self.assertEqual(self.january.amount_to_settle, 600.0)

    def test_once_it_stands_it_comes_with_what_was_held_back(self):
        penalty = self._propose(row=self.january)
        self._bill(self._settle(self.january)).action_post()
        self._decide(penalty)
        settlement = self._settle(self.january | self.february)
        kinds = {
            line.kind: line.price_unit * line.quantity for line in settlement.line_ids if line.adjustment_id
        }
        self.assertEqual((kinds, settlement.amount_payable), ({"deduction": -600.0}, 12000.0))
        self._bill(settlement)
        self.assertEqual((penalty.state, self.january.amount_to_settle), ("settled", 0.0))

    def test_what_was_held_back_is_settled_alone_where_nothing_else_is_due(self):
        penalty = self._propose(row=self.january)
        self._bill(self._settle(self.january)).action_post()
        self._decide(penalty)
        settlement = self._settle(self.january)
        self.assertEqual(settlement.amount_payable, 0.0)
        self._bill(settlement).action_post()
        self.assertEqual((penalty.state, self.january.amount_to_bill), ("settled", 0.0))

    def test_once_it_is_dropped_the_rest_is_paid(self):
        penalty = self._propose(row=self.january)
        self._bill(self._settle(self.january)).action_post()
        self._decide(penalty, stands=False)
        self.assertEqual(self._settle(self.january).amount_payable, 600.0)

    def test_what_is_wholly_held_back_says_who_ends_it_and_when(self):
        penalty = self._propose(row=self.january)
        self._bill(self._settle(self.january))
        with self.assertRaisesRegex(UserError, f"held back: Zhang Manager decides {penalty.name} .* by 20"):
            self._settle(self.january)
        self.assertEqual(self._settle(self.january | self.february).milestone_ids, self.february)

    def test_an_appeal_holds_back_as_well_and_others_do_not(self):
        penalty = self._propose(row=self.january)
        penalty.with_user(self.user_manager).action_confirm()
        penalty.with_user(self.portal_contractor)._portal_appeal("We were there")
        self.assertEqual(self._settle(self.january | self.february).amount_payable, 23400.0)

    def test_a_penalty_of_a_row_still_to_come_waits_for_it(self):
        self._propose(row=self.contract.milestone_ids[4])
        self.assertEqual(self._settle(self.january).amount_payable, 12000.0)

    def test_later_rows_may_cover_what_is_undecided(self):
        self.company.outsourcing_hold_back = "last"
        self._propose(row=self.january)
        self.assertEqual(self._settle(self.january).amount_payable, 12000.0)

    def test_the_last_payment_is_held_back_where_nothing_follows(self):
        self.company.outsourcing_hold_back = "last"
        for row in self.contract.milestone_ids[2:]:
            self._accept(row, day=row.date_end)
        self._propose(row=self.january)
        self.assertEqual(self._settle(self.january).amount_payable, 11400.0)

    def test_a_penalty_decided_after_its_row_was_settled_comes_with_the_next(self):
        self._bill(self._settle(self.january)).action_post()
        self._decide(self._propose(row=self.january))
        self.assertEqual(self._settle(self.february).amount_payable, 11400.0)

    def test_retention_of_what_is_held_back_leaves_room_for_the_deduction(self):
        contract = self._create_works()
        row = contract.milestone_ids[0]
        penalty = self._propose(contract, row, amount=500.0)
        first = self._settle(row)
        self._bill(first).action_post()
        self._decide(penalty)
        second = self._settle(row)
        self._bill(second)
        self.assertGreaterEqual(second.amount_payable, 0.0)
        expected = 60000.0 * 0.97 - 500.0
        self.assertAlmostEqual(first.amount_payable + second.amount_payable, expected, places=2)

    def test_all_that_was_appealed_since_is_named_at_once(self):
        penalties = self._propose(row=self.january) | self._propose(row=self.january)
        for penalty in penalties:
            self._decide(penalty)
        settlement = self._settle(self.january)
        penalties._gated().write({"state": "appealed"})
        with self.assertRefused("return the settlement and take its lines over again.") as refusal:
            settlement.with_user(self.user_supervisor).action_submit()
        for penalty in penalties:
            self.assertIn(f"{penalty.name} is Appealed", str(refusal.exception))
