from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestScorecard(EvaluationCommon):
    """Grades and points have no gap and no overlap; weights make 100."""

    def test_weights_of_99_are_refused(self):
        lines = [self._prepare_rate("On time", 99, "order_done", "order_limited")]
        with self.assertRefused("Draft: the weights add up to 99, not to 100.", ValidationError):
            self.env["outsourcing.scorecard"].create({"name": "Draft", "criterion_ids": lines})

    def test_a_criterion_taken_out_later_is_found_by_the_run(self):
        self._record_orders(9, 10)
        self.scorecard.criterion_ids[1].unlink()
        with self.assertRefused("the weights add up to 60, not to 100.", ValidationError):
            self.env["outsourcing.evaluation"]._draw_up(self.company, self.quarter, self.contractor)

    def test_two_bands_of_one_figure_are_refused(self):
        criterion = self.scorecard.criterion_ids[0]
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            criterion.band_ids = [Command.create({"value_from": 90.0, "points": 50.0})]

    def test_a_figure_without_points_is_refused(self):
        row = {"name": "Late", "weight": 100, "measure": "count", "fact_type": "order_late"}
        with self.assertRefused("Late: say which facts are counted, how, and the points.", ValidationError):
            self.env["outsourcing.scorecard"].create({"name": "X", "criterion_ids": [Command.create(row)]})

    def test_a_share_of_nothing_is_refused(self):
        row = self._prepare_rate("Late", 100, "order_late", False)
        with self.assertRefused("Late: a share is one of what? Fill in Out of.", ValidationError):
            self.env["outsourcing.scorecard"].create({"name": "X", "criterion_ids": [row]})

    def test_a_share_knows_its_denominator(self):
        criterion = self.env["outsourcing.scorecard.criterion"].new(
            {"measure": "rate", "fact_type": "order_reopened"}
        )
        self.assertEqual(criterion.denominator_type, "order_counted")

    def test_every_score_has_a_grade(self):
        grades = self.env["outsourcing.grade"]._get_grades()
        found = [grades._pick(score).name for score in (100, 90, 89.99, 79.995, 0)]
        self.assertEqual(found, ["A", "A", "B", "B", "D"])

    def test_the_lowest_grade_stays_at_zero(self):
        lowest = self.env.ref("property_outsourcing_evaluation.grade_d")
        sentence = "The lowest grade starts at 0: every score has its grade."
        with self.assertRefused(sentence, ValidationError):
            lowest.with_user(self.user_admin).score_from = 10.0
        with self.assertRefused(sentence):
            lowest.with_context(_force_unlink=True).unlink()

    def test_a_service_has_one_scorecard(self):
        services = [Command.link(self.service_elevator.id)]
        with self.assertRefused("has the scorecard Elevator maintenance already.", ValidationError):
            self.env["outsourcing.scorecard"].create({"name": "Second", "service_type_ids": services})

    def test_the_shipped_scorecards_make_100(self):
        cards = self.env["outsourcing.scorecard"].search([])
        self.assertEqual(set(cards.mapped("weight_total")), {100.0})

    def test_a_copy_waits_archived_until_it_takes_the_place(self):
        card = self.env["outsourcing.scorecard"].search([("service_type_ids", "!=", False)], limit=1)
        second = card.copy()
        self.assertEqual((second.active, second.service_type_ids), (False, card.service_type_ids))
        card.active = False
        second.active = True
