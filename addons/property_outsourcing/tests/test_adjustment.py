from datetime import date

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .adjustment_common import AdjustmentCommon


@tagged("post_install", "-at_install")
class TestAdjustment(AdjustmentCommon):
    """What a fact proposes: amount, cap and snapshot."""

    def test_five_percent_of_the_month_once_though_two_were_missed(self):
        self._miss(5)
        self._miss(6)
        adjustment = self.contract.adjustment_ids
        self.assertEqual(len(adjustment), 1)
        self.assertEqual((adjustment.amount, adjustment.signed_amount), (600.0, -600.0))
        self.assertEqual(adjustment.milestone_id, self.january)
        self.assertEqual(len(adjustment.fact_ids), 2)
        self.assertIn("× 5%", adjustment.formula)

    def test_each_month_counts_for_itself(self):
        self._miss(5)
        self.contract._propose_adjustment(
            "inspection_missed", self.community, date=date(2026, 2, 3), key="feb"
        )
        self.assertEqual(len(self.contract.adjustment_ids), 2)

    def test_the_same_fact_counts_once(self):
        self._miss(5, key="same")
        self._miss(5, key="same")
        self.assertEqual(len(self.contract.fact_ids), 1)

    def test_amount_is_a_snapshot(self):
        self._miss(5)
        rule = self.contract.adjustment_ids.rule_id
        rule._gated().write({"rate": 50.0, "cap_rate": 50.0})
        self.assertEqual(self.contract.adjustment_ids.amount, 600.0)

    def test_net_basis_takes_the_tax_out(self):
        rule = self.contract.rule_ids.filtered(lambda r: r.trigger == "inspection_missed")
        rule._gated().write({"tax_basis": "net"})
        self._miss(5)
        self.assertEqual(self.contract.adjustment_ids.amount, 566.04)

    def test_many_confirmed_at_once_have_each_the_deadlines_of_its_contract(self):
        self._miss(5)
        other = self._create_active_contract(contractor_id=self.competitor.id, appeal_days=20, answer_days=9)
        other._propose_adjustment("inspection_missed", self.community, date=date(2026, 1, 5), key="other")
        short, long = self.contract.adjustment_ids, other.adjustment_ids
        today = fields.Date.context_today(short)
        (short | long).with_user(self.user_manager).action_confirm()
        self.assertEqual(short.appeal_deadline, fields.Date.add(today, days=self.contract.appeal_days))
        self.assertEqual(long.appeal_deadline, fields.Date.add(today, days=20))
        self.assertNotEqual(short.appeal_deadline, long.appeal_deadline)
        long.with_user(self.portal_competitor)._portal_appeal("The key was not handed out")
        self.assertEqual(long.answer_deadline, fields.Date.add(today, days=9))

    def test_confirming_many_costs_as_much_as_confirming_one(self):
        rule = self.contract.rule_ids.filtered(lambda rule: rule.trigger == "inspection_missed")
        rule._gated().write({"per": "occurrence", "cap_period": 0, "cap_total": 0, "cap_rate": 0})
        self.contract._gated().write({"penalty_cap_rate": 0})
        for day in range(1, 31):
            self._miss(day)
        adjustments = self.contract.adjustment_ids.with_user(self.user_manager)
        self.assertGreaterEqual(len(adjustments), 12)
        counts = []
        for batch in (adjustments[:1], adjustments[1:2], adjustments[2:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch.action_confirm()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 1, counts)

    def test_cap_of_the_period_holds_for_those_confirmed_together(self):
        rule = self.contract.rule_ids.filtered(lambda rule: rule.trigger == "inspection_missed")
        rule._gated().write({"per": "occurrence", "cap_period": 1000.0, "cap_total": 0, "cap_rate": 0})
        self._miss(5)
        self._miss(6)
        both = self.contract.adjustment_ids.with_user(self.user_manager)
        both.action_confirm()
        first, second = both.sorted("date")
        self.assertEqual((first.amount, second.amount), (600.0, 400.0))
        self.assertRegex(second.formula, "600.00, capped at .*400.00, what was left of the cap of .*1,000.00")
        self.assertNotIn("left of the cap", first.formula)
        self._miss(7)
        third = (self.contract.adjustment_ids - both).with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, r"cap of \$1,000.00 per period would be exceeded"):
            third.action_confirm()

    def test_cap_is_checked_again_at_confirmation(self):
        rule = self.contract.rule_ids.filtered(lambda r: r.trigger == "inspection_missed")
        rule._gated().write({"cap_total": 1000.0})
        self._confirmed()
        self.contract._propose_adjustment(
            "inspection_missed", self.community, date=date(2026, 2, 3), key="feb"
        )
        second = self.contract.adjustment_ids.filtered(lambda a: a.state == "proposed")
        second.with_user(self.user_manager).action_confirm()
        self.assertEqual((second.amount, rule.amount_confirmed), (400.0, 1000.0), "what was left of the cap")
        third = self.contract._propose_adjustment(
            "inspection_missed", self.community, date=date(2026, 3, 3), key="mar"
        )
        with self.assertRaisesRegex(UserError, r"cap of \$1,000.00 would be exceeded"):
            third.with_user(self.user_manager).action_confirm()

    def test_cap_of_the_contract_counts_all_its_clauses(self):
        self.contract._gated().write({"penalty_cap": 700.0})
        first = self._confirmed()
        self.assertEqual(self.contract.penalty_confirmed, 600.0)
        late = self.contract._propose_adjustment("order_late", self.contract, date=date(2026, 1, 7))
        late.with_user(self.user_manager).action_confirm()
        self.assertEqual((late.amount, self.contract.penalty_confirmed), (100.0, 700.0))
        again = self.contract._propose_adjustment("order_late", self.contract, date=date(2026, 1, 8), key="b")
        with self.assertRaisesRegex(UserError, r"cap of \$700.00 on all penalties would be exceeded"):
            again.with_user(self.user_manager).action_confirm()
        self._decide_with_reason(first.with_user(self.user_manager), "action_waive", "Force majeure")
        self.assertEqual(self.contract.penalty_confirmed, 100.0)
        again.with_user(self.user_manager).action_confirm()
        self.assertEqual((again.amount, self.contract.penalty_confirmed), (200.0, 300.0))

    def test_cap_of_the_contract_holds_for_those_confirmed_together(self):
        self.contract._gated().write({"penalty_cap": 700.0})
        self._miss(5)
        self.contract._propose_adjustment("order_late", self.contract, date=date(2026, 1, 7))
        both = self.contract.adjustment_ids.with_user(self.user_manager)
        both.action_confirm()
        self.assertEqual(both.sorted("date").mapped("amount"), [600.0, 100.0])
        self.assertEqual(self.contract.penalty_confirmed, 700.0)

    def test_manual_adjustment_takes_its_figures_from_the_clause(self):
        rule = self.contract.rule_ids.filtered(lambda r: r.trigger == "order_late")
        adjustment = (
            self.env["outsourcing.adjustment"]
            .with_user(self.user_manager)
            .create(
                {
                    "contract_id": self.contract.id,
                    "rule_id": rule.id,
                    "milestone_id": self.january.id,
                    "amount": 1.0,
                    "reason": "Door repair took two days",
                }
            )
        )
        self.assertEqual(adjustment.amount, 200.0)

    def test_manual_adjustment_without_reason_is_refused(self):
        rule = self.contract.rule_ids[0]
        with self.assertRefused("State the reason or the fact this penalty or reward rests on."):
            self.env["outsourcing.adjustment"].with_user(self.user_manager).create(
                {"contract_id": self.contract.id, "rule_id": rule.id, "amount": 1.0}
            )

    def test_facts_never_change(self):
        self._miss(5)
        fact = self.contract.fact_ids
        for user in (self.user_manager, self.user_supervisor, self.portal_contractor):
            with self.assertRefused("A fact is never changed."):
                fact.with_user(user).write({"value": 0})
            with self.assertRaises(UserError):  # core's own
                fact.with_user(user).with_context(_force_unlink=True).unlink()
        with self.assertRaises(UserError):  # core's own
            fact.with_context(_force_unlink=True).unlink()

    def test_many_facts_cost_no_more_queries_than_one(self):
        def record(prefix, number):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self.env["outsourcing.fact"]._record(
                [
                    {
                        "fact_type": "inspection_missed",
                        "contract": self.contract,
                        "source": self.community,
                        "date": date(2026, 1, 5),
                        "key": f"{prefix}{index}",
                    }
                    for index in range(number)
                ]
            )
            self.env.flush_all()
            return self.cr.sql_log_count - start

        record("warm", 1)
        self.assertLessEqual(record("many", 30), record("one", 1) + 2)

    def test_figures_and_signatures_are_not_typed(self):
        self._miss(5)
        adjustment = self.contract.adjustment_ids.with_user(self.user_manager)
        for vals in (
            {"amount": 500000.0},
            {"signed_amount": 500000.0},
            {"direction": "reward"},
            {"name": "KC-0000"},
            {"contractor_id": self.competitor.id},
            {"is_acknowledged": True},
            {"appeal_deadline": date(2000, 1, 1)},
        ):
            with self.assertRaises(UserError, msg=str(vals)):  # each for a reason of its own
                adjustment.write(vals)
