from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationContract(EvaluationCommon):
    """Each contract of a quarter has its own score: the same scorecard, the facts of that contract."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_contract(title="Second")

    def _draft_two(self):
        """Return the draft of a quarter: 10 of 10 in time under one contract, 8 of 10 under the other."""
        self._record_orders(10, 10)
        self._record_orders(8, 10, contract=self.second)
        evaluation = self._run()
        self._judge(evaluation, points=80)
        return evaluation

    def _get_scores(self, evaluation):
        return {row.contract_id: row.score for row in evaluation.row_ids}

    def test_each_contract_is_scored_by_its_own_facts(self):
        evaluation = self._draft_two()
        self.assertEqual(evaluation.line_ids[0].value, 90)
        self.assertEqual(
            self._get_scores(evaluation),
            {self.contract: 0.6 * 100 + 0.4 * 80, self.second: 0.6 * 60 + 0.4 * 80},
        )
        counts = {row.contract_id: row.fact_count for row in evaluation.row_ids}
        self.assertEqual(counts, {self.contract: 20, self.second: 18})

    def test_the_contract_shows_its_score_and_the_facts_behind_it(self):
        evaluation = self._draft_two()
        contract = self.second.with_user(self.user_supervisor)
        self.assertFalse(contract.evaluation_label)  # a draft is no score yet
        rows = self.env["outsourcing.evaluation.contract"].with_user(self.user_supervisor)
        row = rows.search(contract.action_view_evaluations()["domain"])
        self.assertIn("8 / 10 = 80 %", row.criteria_table)
        facts = self.env["outsourcing.fact"].search(row.action_view_facts()["domain"])
        self.assertEqual((len(facts), facts.contract_id), (18, self.second))
        self.assertEqual(row.evaluation_id, evaluation)
        evaluation.with_user(self.user_manager).action_publish()
        self._finish(evaluation)
        self.assertEqual(contract.evaluation_label, "68 D")

    def test_what_an_appeal_decides_holds_for_each_contract(self):
        evaluation = self._draft_two()
        evaluation.with_user(self.user_manager).action_publish()
        evaluation.with_user(self.portal_contractor)._portal_appeal(evaluation.line_ids[0], "Power cut")
        self.assertEqual(self._get_scores(evaluation)[self.second], 68)
        evaluation.line_ids[0].with_user(self.user_manager2).write({"points": 90, "note": "Proven"})
        self.assertEqual(set(self._get_scores(evaluation).values()), {0.6 * 90 + 0.4 * 80})

    def test_too_little_under_a_contract_is_not_rated(self):
        self._record_orders(10, 10)
        self._record_orders(1, 1, contract=self.second)
        evaluation = self._run()
        self._judge(evaluation)
        row = evaluation.row_ids.filtered(lambda row: row.contract_id == self.second)
        self.assertEqual((row.is_graded, row.rated_weight), (False, 40))

    def test_counting_again_replaces_the_scores(self):
        evaluation = self._draft_two()
        self._record_orders(0, 10, contract=self.second)
        evaluation.with_user(self.user_manager).action_count()
        self.assertEqual(self._get_scores(evaluation)[self.second], 0.4 * 80)

    def test_nobody_writes_the_score_of_a_contract(self):
        row = self._draft_two().row_ids[0]
        for user in (self.user_manager, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                row.with_user(user).write({"score": 100})

    def test_the_firm_reads_its_contracts_from_the_preview_on(self):
        evaluation = self._draft_two()
        rows = evaluation.row_ids.ids
        seen = self.env["outsourcing.evaluation.contract"]
        self.assertFalse(seen.with_user(self.portal_contractor).search([("id", "in", rows)]))
        evaluation.with_user(self.user_manager).action_publish()
        self.assertEqual(len(seen.with_user(self.portal_contractor).search([("id", "in", rows)])), 2)
        self.assertFalse(seen.with_user(self.portal_competitor).search([("id", "in", rows)]))

    def test_a_successor_s_facts_are_its_own(self):
        """The service goes to another firm in the middle of the quarter: each is judged by what it did."""
        rival = self._create_contract(title="Successor", contractor_id=self.competitor.id)
        self._record_orders(8, 10, day=self.quarter)
        self._record_orders(10, 10, contract=rival, day=fields.Date.add(self.quarter, days=60))
        found = {e.contractor_id: e.line_ids[0].value for e in self._run()}
        self.assertEqual(found, {self.contractor: 80, self.competitor: 100})
