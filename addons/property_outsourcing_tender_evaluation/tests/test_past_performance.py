from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing_tender.tests.tender_common import TenderCommon


class PastPerformanceCommon(TenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.env["outsourcing.scorecard"].search([], limit=1) or cls.env[
            "outsourcing.scorecard"
        ].create({"name": "Card"})

    @classmethod
    def _evaluate(cls, firm, score, months=4, **vals):
        """Return a final evaluation of ``firm`` for a quarter that began ``months`` ago."""
        start = fields.Date.today().replace(day=1) - relativedelta(months=months)
        evaluation = cls.env["outsourcing.evaluation"]._gated()
        evaluation = evaluation.create(
            {
                "company_id": cls.company.id,
                "contractor_id": firm.id,
                "service_type_id": cls.service_elevator.id,
                "scorecard_id": cls.card.id,
                "date_from": start,
                "date_to": start + relativedelta(months=3, days=-1),
                "state": "final",
                "date_final": fields.Datetime.now(),
                **vals,
            }
        )
        evaluation.flush_recordset()
        evaluation._gated().write({"score": score, "is_graded": True})
        return evaluation


@tagged("post_install", "-at_install")
class TestPastPerformance(PastPerformanceCommon):
    """Evaluations reach the ranking of bids as a line that names its source."""

    def _rank(self, **vals):
        tender = self._publish(self._create_tender(**{"performance_points": 5.0, **vals}))
        self._submit_bids(tender, (100.0, 100.5, 101.0))
        self._open(tender).action_evaluate()
        return tender

    def test_evaluations_lift_a_bid_and_the_line_names_the_quarters(self):
        for months, score in ((4, 100.0), (7, 90.0)):
            self._evaluate(self.third_firm, score, months)
        bid = self._get_bid(self._rank(), self.third_firm)
        self.assertEqual((bid.score_bonus, bid.rank), (4.75, 1))
        self.assertIn("mean 95 × 5 ÷ 100", bid.score_explanation)
        self.assertIn("Q", bid.score_explanation)

    def test_a_firm_without_evaluation_is_taken_by_the_default(self):
        bid = self._get_bid(self._rank(), self.contractor)
        self.assertEqual(bid.score_bonus, 3.0)
        self.assertIn("no evaluation: 60 × 5 ÷ 100", bid.score_explanation)

    def test_old_open_and_foreign_evaluations_do_not_count(self):
        self._evaluate(self.contractor, 100.0, months=24)
        self._evaluate(self.contractor, 100.0, months=7, state="preview")
        other = self.env["outsourcing.service.type"].search([("id", "!=", self.service_elevator.id)], limit=1)
        self._evaluate(self.contractor, 100.0, months=4, service_type_id=other.id)
        self.assertEqual(self._get_bid(self._rank(), self.contractor).score_bonus, 3.0)

    def test_an_evaluation_that_becomes_final_after_the_opening_moves_no_bid(self):
        tender = self._publish(self._create_tender(performance_points=5.0))
        self._submit_bids(tender, (100.0, 100.5, 101.0))
        tender = self._open(tender)
        self._evaluate(self.third_firm, 100.0, date_final=tender.date_opened + timedelta(seconds=1))
        tender.action_evaluate()
        bid = self._get_bid(tender, self.third_firm)
        self.assertEqual((bid.score_bonus, bid.rank), (3.0, 3))

    def test_without_points_past_performance_does_not_count(self):
        self._evaluate(self.third_firm, 100.0)
        bid = self._get_bid(self._rank(performance_points=0.0), self.third_firm)
        self.assertEqual((bid.score_bonus, bid.rank), (0.0, 3))

    def test_the_points_are_fixed_with_the_publication(self):
        self.assertFalse(self._create_tender("quotes").performance_points, "the price alone decides")
        draft = self._create_tender("public", [("Plan", "technical", 40), ("Price", "price", 60)])
        self.assertEqual(draft.performance_points, 5.0)
        tender = self._publish(draft)
        with self.assertRefused("Points for Past Performance can no longer be changed"):
            tender.performance_points = 50.0
        with self.assertRefused("by a score of 0 to 100"):
            self._create_tender(performance_points=101.0)

    def test_thirty_bidders_cost_the_queries_of_one(self):
        tender = self._create_tender(performance_points=5.0).sudo()
        firms = self.firms | self.env["res.partner"].union(
            *(self._create_contractor(f"Firm {n}") for n in range(27))
        )
        for firm in firms:
            self._evaluate(firm, 80.0)
        counts = []
        for asked in (firms[:1], firms):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            tender._get_bid_bonus(asked)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
