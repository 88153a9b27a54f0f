from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationFigures(EvaluationCommon):
    """Figures are made of facts, points of figures; what is not rated shares out its weight."""

    def _set_criterion(self, **vals):
        bands = vals.pop("bands")
        rows = [Command.create({"value_from": value, "points": points}) for value, points in bands]
        row = {"name": "Figure", "weight": 100, "denominator_type": False, "band_ids": rows, **vals}
        self.scorecard.criterion_ids.unlink()
        self.scorecard.write({"criterion_ids": [Command.create(row)]})

    def test_a_share_is_counted_and_scored(self):
        line = self._draft(done=8, limited=10).line_ids[0]
        self.assertEqual((line.numerator, line.sample, line.value, line.points), (8, 10, 80, 60))
        self.assertEqual(line.figure, "8 / 10 = 80 %")
        self.assertEqual(line.explanation, "From 90 on: 100 points.")

    def test_exactly_100_has_points(self):
        self.assertEqual(self._draft(done=10, limited=10).line_ids[0].points, 100)

    def test_too_few_are_not_rated_and_share_out_their_weight(self):
        evaluation = self._draft(done=2, limited=2)
        self._judge(evaluation, points=70)
        line = evaluation.line_ids[0]
        self.assertEqual((line.status, line.share), ("not_rated", 0))
        self.assertIn("2 recorded, 3 needed", line.explanation)
        evaluation.sudo().scorecard_id.min_rated_weight = 40
        self.assertFalse(evaluation.is_graded, "40 of 100 are rated, 50 were asked when it was drawn up")

    def test_little_rated_is_enough_where_the_scorecard_says_so(self):
        self.scorecard.min_rated_weight = 40
        evaluation = self._draft(done=2, limited=2)
        self._judge(evaluation, points=70)
        self.assertEqual((evaluation.score, evaluation.grade_id.name), (70, "C"))

    def test_the_score_weighs_the_points(self):
        evaluation = self._draft(done=8, limited=10)
        self._judge(evaluation, points=80)
        self.assertEqual(evaluation.score, 0.6 * 60 + 0.4 * 80)
        self.assertEqual([round(line.lost, 2) for line in evaluation.line_ids], [24, 8])

    def test_hours_have_a_mean_and_a_median(self):
        for measure, points in (("mean", 0), ("median", 100)):
            self._set_criterion(
                measure=measure, fact_type="order_repair_hours", bands=[(0, 100), (6, 50), (12, 0)]
            )
            if measure == "mean":
                for hours in (2, 3, 48):
                    self._record("order_repair_hours", value=hours)
            evaluation = self._run()
            self.assertEqual(evaluation.line_ids.points, points)
            evaluation.with_user(self.user_manager).unlink()

    def test_only_the_priority_that_is_asked_counts(self):
        rate = self._prepare_rate("Urgent", 100, "order_done", "order_limited", min_sample=1, priority="p1")
        self.scorecard.criterion_ids.unlink()
        self.scorecard.write({"criterion_ids": [rate]})
        self._record_orders(1, 1, priority="p1")
        self._record_orders(0, 9, priority="p2")
        line = self._run().line_ids
        self.assertEqual(line.figure, "1 / 1 = 100 %")
        facts = self.env["outsourcing.fact"].search(line.action_view_facts()["domain"])
        self.assertEqual(len(facts), 2)

    def test_a_lateness_counts_once_however_long(self):
        bands = [(0, 100), (2, 0)]
        self._set_criterion(measure="count", fact_type="order_late", bands=bands)
        self._record("order_late", value=30.0)
        line = self._run().line_ids
        self.assertEqual((line.value, line.points, line.explanation), (1, 100, False))

    def test_complaints_are_counted_by_households(self):
        self._set_criterion(measure="households", fact_type="complaint", bands=[(0, 100), (1, 50), (3, 0)])
        self._record("complaint", 3)
        line = self._run().line_ids
        self.assertEqual((line.value, line.points), (2.5, 50), "three of 1,200 households")
        self.assertEqual(line.explanation, "Below 1: 100 points.")

    def _share_with_orders(self):
        """Give half of the weight to the orders done in time."""
        half = Command.update(self.scorecard.criterion_ids.id, {"weight": 50})
        rate = self._prepare_rate("On time", 50, "order_done", "order_done", sequence=20)
        self.scorecard.write({"criterion_ids": [half, rate]})

    def test_complaints_that_nobody_records_are_not_rated(self):
        self._set_criterion(measure="households", fact_type="complaint", bands=[(0, 100), (1, 50)])
        self._record("order_done", 3)
        self.env.flush_all()
        self.env.cr.execute("UPDATE outsourcing_fact SET fact_type = 'manual' WHERE fact_type = 'complaint'")
        self._share_with_orders()
        line = self._run().line_ids[0]
        self.assertEqual((line.status, line.share), ("not_rated", 0))

    def test_no_complaint_is_full_points_where_others_have_some(self):
        self._set_criterion(measure="households", fact_type="complaint", bands=[(0, 100), (1, 50)])
        self._record("complaint", contract=self._create_contract(contractor_id=self.competitor.id))
        self._record("complaint", 1)._void("Was about somebody else")
        self._record("complaint", 1, day=self.quarter)._void("Too")
        self._share_with_orders()
        self._record("order_done", 3)
        own = self._run().filtered(lambda found: found.contractor_id == self.contractor)
        self.assertEqual((own.line_ids[0].status, own.line_ids[0].points), ("rated", 100))

    def test_a_type_nobody_declares_any_more_is_not_rated(self):
        self._record_orders(8, 10)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE outsourcing_scorecard_criterion SET fact_type = 'gone', denominator_type = 'gone_too' "
            "WHERE scorecard_id = %s AND method = 'facts'",
            [self.scorecard.id],
        )
        self.env.cr.execute(
            "UPDATE outsourcing_scorecard_criterion SET method = 'facts', measure = 'count', "
            "fact_type = 'order_done' WHERE scorecard_id = %s AND method = 'judged'",
            [self.scorecard.id],
        )
        self.env.invalidate_all()
        line = self._run().line_ids[0]
        self.assertEqual((line.status, line.share, line.numerator), ("not_rated", 0, 0))

    def test_the_presets_count_complaints_and_satisfaction(self):
        for name in ("works", "general"):
            card = self.env.ref(f"property_outsourcing_evaluation.scorecard_{name}")
            types = set(card.criterion_ids.mapped("fact_type"))
            self.assertLess({"complaint", "complaint_returned", "satisfaction"}, types)

    def test_what_turned_out_otherwise_does_not_count(self):
        self._record_orders(8, 10)
        self._record("order_done")._void("Done by somebody else")
        self.assertEqual(self._run().line_ids[0].numerator, 8)

    def test_other_quarters_services_and_firms_do_not_count(self):
        self._record_orders(9, 9, day=self.quarter - timedelta(days=1))
        self._record_orders(9, 9, day=self.quarter_end + timedelta(days=1))
        other = self._activate(self._create_contract("service_type_cleaning"))
        self._record_orders(7, 7, contract=other)
        evaluation = self._draft(done=8, limited=10).filtered(
            lambda found: found.service_type_id == self.service_elevator
        )
        self.assertEqual(evaluation.line_ids[0].sample, 10)
        self.assertEqual(evaluation.contract_ids, self.contract)
        self.assertEqual(evaluation.community_ids, self.community)

    def test_a_figure_leads_to_its_facts(self):
        line = self._draft(done=8, limited=10).line_ids[0].with_user(self.user_supervisor)
        facts = self.env["outsourcing.fact"].with_user(self.user_supervisor)
        self.assertEqual(len(facts.search(line.action_view_facts()["domain"])), 18)

    def test_a_veto_by_facts_gives_the_lowest_grade(self):
        self.scorecard.write({"veto_ids": [Command.create({"name": "Incident", "fact_type": "incident"})]})
        self._record("incident")
        evaluation = self._draft(done=10, limited=10)
        self._judge(evaluation, points=100, note=False)
        self.assertEqual((evaluation.score, evaluation.grade_id.name), (100, "D"))
        self.assertEqual(evaluation.veto_ids.fact_count, 1)
