from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

from .award_common import AwardFactory
from .evaluation_common import EvaluationFactory


@tagged("post_install", "-at_install")
class TestManyAwards(DocumentsCommon, AwardFactory, EvaluationFactory, OutsourcingCommon):
    """Gold partners are proposed, awarded and recognised for the price of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_quarter()
        cls._set_up_year()
        firms = [cls._create_contractor(f"Firm {number}") for number in range(cls.MANY + 2)]
        cls.firms = cls._union(firms)
        line = {"name": "All", "weight": 100, "method": "judged", "status": "rated", "points": 96}
        open_gate(cls.env["outsourcing.evaluation"]).create(
            [
                {
                    "company_id": cls.company.id,
                    "contractor_id": firm.id,
                    "service_type_id": cls.service_elevator.id,
                    "scorecard_id": cls.scorecard.id,
                    "date_from": f"{cls.year}-{month:02}-01",
                    "date_to": f"{cls.year}-{month + 2:02}-28",
                    "line_ids": [Command.create(line)],
                    "state": "final",
                }
                for firm in firms
                for month in (1, 4)
            ]
        )

    def test_gold_partners_are_proposed_and_awarded_for_the_price_of_one(self):
        self._take_steps(
            self.firms, Step("res.partner._propose_outsourcing_awards", args=(self.company, self.year))
        )
        awards = self.env["outsourcing.award"].search([("contractor_id", "in", self.firms.ids)])
        self.assertEqual(len(awards), len(self.firms))
        self._take_steps(awards, Step("outsourcing.award.action_award", self.user_manager))
        counts = self._count_step(
            self.firms.sudo(),
            lambda part: [firm._get_outsourcing_gold_award(self.company) for firm in part],
        )
        self.assertLessEqual(counts[2], counts[1] + self.ROUNDS)
        names = ["display_name", "rank", "reason", "is_valid", "missing_points"]
        counts = self._count_step(awards, lambda part: part.read(names), self.user_manager)
        self.assertLessEqual(counts[2], counts[1] + self.ROUNDS)

    def test_a_workbook_of_many_costs_what_one_costs(self):
        evaluations = self.env["outsourcing.evaluation"].search(
            [("contractor_id", "in", self.firms.ids), ("date_from", "=", f"{self.year}-01-01")]
        )
        self._take_steps(evaluations, Step("outsourcing.evaluation.action_export", self.user_manager))
        counts = self._count_step(evaluations, lambda part: part._render_xlsx(), self.user_manager)
        self.assertLessEqual(counts[2], counts[1] + self.ROUNDS)
