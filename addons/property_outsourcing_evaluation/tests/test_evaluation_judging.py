from ast import literal_eval

from odoo.tests import tagged

from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationJudging(EvaluationCommon):
    """A judge has one to-do for a quarter, however many firms have worked; it leads to all of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls._create_contract(contractor_id=cls.competitor.id, title="Of another firm")
        cls._record_orders(8, 10)
        cls._record_orders(9, 10, contract=other)
        cls.evaluations = cls._run()

    def _search_to_dos(self):
        kind = self.env.ref("property_outsourcing_evaluation.activity_type_evaluation_judge")
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id)])

    def test_a_judge_is_asked_once_for_all_of_a_quarter(self):
        self.assertEqual(len(self.evaluations), 2)
        to_do = self._search_to_dos()
        self.assertEqual(len(to_do), 1)
        self.assertEqual(to_do.user_id, self.user_manager)
        self.assertIn("outsourcing-evaluations-to-judge", to_do.note)
        self.assertIn(self.evaluations[0].period_label, to_do.summary)

    def test_the_link_leads_to_what_is_to_be_judged(self):
        action = self.env["ir.actions.actions"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_evaluation_action_judge"
        )
        self.assertEqual(action["path"], "outsourcing-evaluations-to-judge")
        evaluations = self.evaluations.with_user(self.user_manager)
        self.assertEqual(evaluations.search(literal_eval(action["domain"])), self.evaluations)

    def test_the_to_do_stays_until_the_last_preview_is_published(self):
        to_do = self._search_to_dos()
        deadline = to_do.date_deadline
        first = self.evaluations.browse(to_do.res_id)
        last = self.evaluations - first
        self._judge(first)
        first.with_user(self.user_manager).action_publish()
        to_do = self._search_to_dos()
        self.assertEqual((to_do.res_id, to_do.date_deadline), (last.id, deadline))
        self.assertEqual(last.activity_ids, to_do)
        self._judge(last)
        last.with_user(self.user_manager).action_publish()
        self.assertFalse(self._search_to_dos())

    def test_the_to_do_passes_on_when_its_draft_is_deleted(self):
        first = self.evaluations.browse(self._search_to_dos().res_id)
        last = self.evaluations - first
        first.with_user(self.user_manager).unlink()
        to_do = self._search_to_dos()
        self.assertEqual((to_do.res_id, to_do.user_id), (last.id, self.user_manager))

    def test_who_has_become_the_judge_of_what_is_left_is_asked(self):
        first = self.evaluations.browse(self._search_to_dos().res_id)
        last = self.evaluations - first
        last.contract_ids._gated().write({"manager_id": self.user_manager2.id})
        self._judge(first)
        first.with_user(self.user_manager).action_publish()
        to_do = self._search_to_dos()
        self.assertEqual((to_do.res_id, to_do.user_id), (last.id, self.user_manager2))

    def test_who_is_asked_already_is_not_asked_again_for_a_firm_that_comes_later(self):
        third = self._create_contractor("Third", services=self.service_elevator)
        contract = self._create_contract(contractor_id=third.id, title="Of a third firm")
        self._record_orders(9, 10, contract=contract)
        self.assertEqual(len(self._run()), 3)
        self.assertEqual(len(self._search_to_dos()), 1)
