from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from ..models.workflow.gate import open_gate
from .test_adjustment_manual import ManualCommon


@tagged("post_install", "-at_install")
class TestCompletionLate(ManualCommon):
    """A clause about late completion hears of the completion of the works, and of nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._run(cls._create_works_draft(**cls.term))
        cls.rows = cls.contract.milestone_ids
        cls.completion = cls.rows.filtered(lambda row: row.kind == "completion")
        cls.clause = cls.contract.rule_ids.filtered(lambda rule: rule.trigger == "completion_late")
        open_gate(cls.rows).write({"date_due": cls.today - timedelta(days=10)})

    def _accept(self, row, day=None):
        row._record_acceptances({row: (row.amount, day or self.today, self.contract)})

    def test_ten_days_late_cost_ten_times_the_daily_rate_of_the_contract(self):
        self._accept(self.completion)
        adjustment = self.contract.adjustment_ids
        self.assertEqual((adjustment.rule_id, adjustment.milestone_id), (self.clause, self.completion))
        self.assertEqual((adjustment.quantity, adjustment.amount), (10.0, 2000.0))

    def test_a_part_of_the_works_completes_nothing(self):
        self._accept(self.rows[0])
        row = self.completion
        row._record_acceptances({row: (row.amount / 2, self.today, self.contract)})
        self.assertFalse(self.contract.adjustment_ids)

    def test_works_ready_in_time_propose_nothing(self):
        self._accept(self.completion, self.today - timedelta(days=10))
        self.assertFalse(self.contract.fact_ids)

    def test_days_the_contract_stood_still_are_not_late(self):
        pause = {"reason": "Storm", "pauses_limits": True, "contract_id": self.contract.id}
        begin = self.today - timedelta(days=20)
        pause |= {"date_start": begin, "date_resumed": begin + timedelta(days=7)}
        open_gate(self.env["outsourcing.contract.suspension"]).create(pause)
        self._accept(self.completion)
        self.assertEqual(self.contract.adjustment_ids.quantity, 3.0)

    def test_an_acceptance_taken_back_takes_its_proposal_along(self):
        self._accept(self.completion)
        first = self.contract.adjustment_ids
        self.completion._record_acceptances({self.completion: (0.0, False, None)})
        self.assertEqual(first.state, "waived")
        self._accept(self.completion, self.today - timedelta(days=4))
        self.assertEqual((self.contract.adjustment_ids - first).quantity, 6.0)

    def test_an_order_closed_unreported_on_works_proposes_nothing(self):
        contract = self._create_works_contract(**self.term)
        limit = {"contract_id": contract.id, "priority": "p1", "metric": "completion", "hours": 24.0}
        open_gate(self.env["outsourcing.contract.sla"]).create(limit)
        vals = {"name": "Loose tile", "outsourcing_contract_id": contract.id, "outsourcing_priority": "p1"}
        vals["outsourcing_date_requested"] = fields.Datetime.now() - timedelta(days=3)
        order = open_gate(self.env["project.task"]).create(vals)
        self.assertTrue(order.outsourcing_breach_count)
        order.with_user(self.user_supervisor)._close_orders("The owner mended it")
        self.assertIn("order_late", contract.fact_ids.mapped("fact_type"))
        self.assertFalse(contract.adjustment_ids)

    def test_a_percentage_of_no_row_is_not_proposed(self):
        clause = {"name": "Late", "trigger": "order_late", "basis": "percent_milestone", "rate": 1.0}
        open_gate(self.contract).write({"rule_ids": [Command.create(clause)]})
        self.contract._record_fact("order_late", self.contract, value=30.0, date=self.today)
        self.assertTrue(self.contract.fact_ids)
        self.assertFalse(self.contract.adjustment_ids)

    def test_a_clause_that_never_comes_to_anything_is_pointed_out_before_submission(self):
        draft = self._create_works_draft(**self.term)
        self.assertFalse([text for text in draft._get_submit_warnings() if "never comes" in text])
        clause = {"name": "Late", "trigger": "order_late", "basis": "percent_milestone", "rate": 1.0}
        draft.rule_ids = [Command.create(clause)]
        self.assertIn("Late never comes to anything", "".join(draft._get_submit_warnings()))
