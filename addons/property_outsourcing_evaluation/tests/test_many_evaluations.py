from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

from .evaluation_common import EvaluationFactory


@tagged("post_install", "-at_install")
class TestManyEvaluations(DocumentsCommon, EvaluationFactory, OutsourcingCommon):
    """A run, a list and a step cost the same for one contractor and for thirty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_quarter()
        cls.contracts = cls._union(
            [cls._create_contract(**cls._create_parties(number)) for number in range(cls.MANY + 2)]
        )
        for contract in cls.contracts:
            cls._record_orders(8, 10, contract=contract)
        cls.firms = cls.contracts.contractor_id

    def _draw_up(self):
        evaluations = self.env["outsourcing.evaluation"]._draw_up(self.company, self.quarter, self.firms)
        evaluations.line_ids.filtered(lambda line: line.method == "judged")._gated().write(
            {"points": 100.0, "status": "rated"}
        )
        return evaluations.with_env(self.env)

    def test_a_quarter_is_drawn_up_for_the_price_of_one(self):
        step = Step("res.partner._draw_up_outsourcing_evaluations", args=(self.company, self.quarter))
        self._take_steps(self.firms, step)
        self.assertEqual(len(self.firms.outsourcing_evaluation_ids), len(self.firms))

    def test_quarters_are_counted_published_and_end_for_the_price_of_one(self):
        evaluations = self._draw_up()
        self._take_steps(
            evaluations,
            Step("outsourcing.evaluation.action_count", self.user_manager),
            Step("outsourcing.evaluation.action_publish", self.user_manager),
        )
        past = fields.Datetime.now() - timedelta(days=60)
        evaluations._gated().write({"date_preview": past})
        self._take_steps(evaluations, Step("outsourcing.evaluation._process_silence"))
        self.assertEqual(set(evaluations.mapped("state")), {"final"})

    def test_appeals_are_answered_for_the_price_of_one(self):
        evaluations = self._draw_up()
        moment = fields.Datetime.now()
        evaluations._gated().write(
            {
                "state": "appealed",
                "date_preview": moment,
                "date_appealed": moment,
                "appeal_reason": "Power cut",
            }
        )
        self._take_steps(
            evaluations,
            Step("outsourcing.evaluation.action_answer", self.user_manager2),
            Step("outsourcing.evaluation._answer", self.user_manager2, ("Granted",)),
        )
        self.assertEqual(set(evaluations.mapped("decision")), {"Granted"})

    def test_the_list_is_read_for_the_price_of_one(self):
        evaluations = self._draw_up()
        names = ["display_name", "score", "grade_id", "rank_label", "possible_steps", "missing_points"]
        counts = self._count_step(evaluations, lambda part: part.read(names), self.user_manager)
        self.assertLessEqual(counts[2], counts[1] + self.ROUNDS)

    def test_what_stands_in_the_way_is_asked_for_the_price_of_one(self):
        counts = self._count_step(
            self.firms, lambda part: [firm._get_contractor_blockers("award") for firm in part]
        )
        self.assertLessEqual(counts[2], counts[1] + self.ROUNDS)
