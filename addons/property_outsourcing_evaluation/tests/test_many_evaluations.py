from odoo.tests import tagged

from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestManyEvaluations(EvaluationCommon):
    """A run, a list and a step cost the same for one contractor and for thirty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firms = cls.contractor
        for number in range(29):
            cls.firms |= cls._create_contractor(f"Firm {number}", services=cls.service_elevator)
        drafts = [cls._create_contract(title=firm.name, contractor_id=firm.id) for firm in cls.firms[1:]]
        cls.contracts = cls.contract.union(*drafts)
        for contract in cls.contracts:
            cls._record_orders(8, 10, contract=contract)

    def _count(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _draw_up(self, firms):
        self.env["outsourcing.evaluation"].with_user(self.user_manager)._draw_up(
            self.company, self.quarter, firms
        )

    def test_the_run(self):
        self._draw_up(self.firms[0])  # caches of models and users
        one = self._count(lambda: self._draw_up(self.firms[1]))
        many = self._count(lambda: self._draw_up(self.firms[2:]))
        self.assertLessEqual(many, one + 3)

    def test_the_list_and_the_steps(self):
        self._draw_up(self.firms)
        evaluations = self.env["outsourcing.evaluation"].search([]).with_user(self.user_manager)
        names = ["display_name", "score", "grade_id", "rank_label", "possible_steps", "missing_points"]
        evaluations[0].read(names)
        one = self._count(lambda: evaluations[0].read(names))
        self.assertLessEqual(self._count(lambda: evaluations.read(names)), one + 2)
        evaluations.line_ids.filtered(lambda line: line.method == "judged").write({"points": 100})
        one = self._count(evaluations[0].action_publish)
        self.assertLessEqual(self._count(evaluations[1:].action_publish), one + 4)

    def test_what_stands_in_the_way(self):
        self.firms[1]._get_contractor_blockers("award")  # caches of actions
        one = self._count(lambda: self.firms[1]._get_contractor_blockers("award"))
        many = self._count(lambda: [firm._get_contractor_blockers("award") for firm in self.firms[2:]])
        self.assertLessEqual(many, one + 3)
