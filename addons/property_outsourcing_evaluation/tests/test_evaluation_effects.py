from odoo import fields
from odoo.tests import tagged

from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationEffects(EvaluationCommon):
    """What a final grade leaves behind: facts, blockers, places, what stands on the contractor."""

    def _fail(self):
        evaluation = self._draft(done=0, limited=10)
        self._judge(evaluation, points=10)
        evaluation.with_user(self.user_manager).action_publish()
        return evaluation

    def _get_blockers(self, purpose, contract=None):
        firm = self.contractor.with_user(self.user_manager)
        return [str(point) for point in firm._get_contractor_blockers(purpose, contract) if "grade" in point]

    def test_a_failed_grade_blocks_new_work_of_the_service(self):
        evaluation = self._fail()
        self.assertFalse(self._get_blockers("award"), "a preview decides nothing")
        self._finish(evaluation)
        sentence = f"Steady Elevators has grade D for Elevator maintenance in {evaluation.period_label}"
        self.assertIn(sentence, self._get_blockers("award")[0])
        self.assertTrue(self._get_blockers("activate", self.contract))
        cleaning = self._create_contract("service_type_cleaning")
        self.assertFalse(self._get_blockers("activate", cleaning))
        self.assertFalse(self._get_blockers("pay"))
        self.assertFalse(self._get_blockers("dispatch"))

    def test_a_client_does_not_say_which_service_is_asked_about(self):
        self._finish(self._fail())
        cleaning = self.env.ref("property_outsourcing.service_type_cleaning")
        asked = self.contractor._with_asked_service(cleaning)
        self.assertFalse(asked._get_contractor_blockers("award"))
        for key in ("outsourcing_service_id", "outsourcing_asked_service"):
            for sent in (cleaning.id, [cleaning.id], {"service_id": cleaning.id}, "x"):
                firm = self.contractor.with_context(**{key: sent})
                self.assertTrue(firm._get_contractor_blockers("award"), (key, sent))

    def test_the_tier_follows_from_the_weighted_quarters(self):
        self.assertFalse(self.contractor.outsourcing_tier)
        final = self._finish(self._publish())
        final._gated().line_ids.write({"points": 95, "status": "rated"})
        self.env.invalidate_all()
        self.assertEqual(self.contractor.outsourcing_tier, "A")
        earlier = final._gated().copy(
            {"date_from": fields.Date.add(self.quarter, months=-3), "state": "final"}
        )
        lines = [line.copy_data({"evaluation_id": earlier.id, "points": 60})[0] for line in final.line_ids]
        self.env["outsourcing.evaluation.line"]._gated().create(lines)
        self.env.invalidate_all()
        self.assertEqual(self.contractor.outsourcing_tier, "B", "(4 × 95 + 3 × 60) / 7 = 80")
        row = self.env["outsourcing.compliance"].search([("partner_id", "=", self.contractor.id)], limit=1)
        self.assertEqual(row.tier, "B")

    def test_facts_tell_of_a_failed_quarter(self):
        evaluation = self._finish(self._fail())
        facts = self.env["outsourcing.fact"].search([("res_model", "=", "outsourcing.evaluation")])
        self.assertEqual(sorted(facts.mapped("fact_type")), ["evaluation_failed", "evaluation_final"])
        self.assertEqual(set(facts.mapped("date")), {evaluation.date_to})

    def test_contractors_are_ranked_within_the_service(self):
        rival = self._activate(self._create_contract(contractor_id=self.competitor.id))
        self._record_orders(10, 10, contract=rival)
        evaluations = self._draft(done=8, limited=10)
        for evaluation in evaluations:
            self._judge(evaluation, points=90)
        ranks = {found.contractor_id: found.rank_label for found in evaluations}
        self.assertEqual(ranks, {self.competitor: "1 / 2", self.contractor: "2 / 2"})

    def test_the_contractor_shows_its_last_grade(self):
        self._finish(self._fail())
        firm = self.contractor.with_user(self.user_supervisor)
        self.assertEqual((firm.outsourcing_evaluation_count, firm.outsourcing_grade_label), (1, "D"))
        self.assertTrue(firm.action_view_outsourcing_evaluations()["domain"])
