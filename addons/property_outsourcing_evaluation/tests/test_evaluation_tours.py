from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .evaluation_common import EvaluationFactory


class EvaluationTourCommon(EvaluationFactory, PortalCommon):
    """A quarter with eight of ten orders done in time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_quarter()
        cls._record_orders(8, 10)

    def _tour(self, url, name, user):
        self.start_tour(url, name, login=user.login, timeout=180)
        self.env.invalidate_all()

    def _find(self):
        """Return the evaluation of the quarter."""
        return self.env["outsourcing.evaluation"].search(
            [("contractor_id", "=", self.contractor.id), ("date_from", "=", self.quarter)]
        )

    def _get_page(self, evaluation):
        return f"/odoo/outsourcing-evaluations/{evaluation.id}"


@tagged("post_install", "-at_install")
class TestEvaluationTours(EvaluationTourCommon):
    """Managers at a desk: a quarter is evaluated, judged, shown; an appeal is answered by another one."""

    browser_size = "1440x900"

    def test_a_manager_evaluates_judges_and_publishes(self):
        self._tour("/odoo/outsourcing-evaluations", "outsourcing_evaluation_run", self.user_manager)
        evaluation = self._find()
        self.assertEqual((evaluation.state, evaluation.published_by_id), ("preview", self.user_manager))
        self.assertEqual((evaluation.line_ids[1].points, evaluation.score), (80, 68))

    def test_another_manager_answers_the_appeal(self):
        evaluation = self._run()
        self._judge(evaluation)
        evaluation.with_user(self.user_manager).action_publish()
        photo = self.env["ir.attachment"].create(
            {
                "name": "photo.jpg",
                "raw": b"photo",
                "res_model": evaluation._name,
                "res_id": evaluation.id,
            }
        )
        lines = evaluation.line_ids[0]
        evaluation.with_user(self.portal_contractor)._portal_appeal(lines, "The power was cut", photo)
        self._tour(self._get_page(evaluation), "outsourcing_evaluation_answer", self.user_manager2)
        self.assertEqual((evaluation.state, evaluation.score), ("final", 92))
        self.assertEqual(evaluation.decided_by_id, self.user_manager2)


@tagged("post_install", "-at_install")
class TestEvaluationPhoneTours(EvaluationTourCommon):
    """The contractor on a phone: why points are lost, the records, the appeal with a photo, the answer."""

    browser_size = "360x740"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evaluation = cls._run()
        cls._judge(cls.evaluation)
        cls.evaluation.with_user(cls.user_manager).action_publish()

    def test_the_contractor_reads_appeals_with_a_photo_and_sees_the_answer(self):
        self._tour("/my/outsourcing", "outsourcing_evaluation_appeal", self.portal_contractor)
        line = self.evaluation.line_ids[0]
        self.assertEqual((self.evaluation.state, line.is_appealed), ("appealed", True))
        self.assertEqual(self.evaluation.appeal_file_ids.mapped("name"), ["photo.jpg"])
        line.with_user(self.user_manager2).write({"points": 100, "note": "The power cut is proven"})
        manager = self.evaluation.with_user(self.user_manager2)
        self._decide_with_reason(manager, "action_answer", "Granted: two orders do not count")
        url = f"/my/outsourcing/evaluations/{self.evaluation.id}"
        self._tour(url, "outsourcing_evaluation_answered", self.portal_contractor)


@tagged("post_install", "-at_install")
class TestEvaluationToursOnDesktop(TestEvaluationPhoneTours):
    """The same at a desk."""

    allow_inherited_tests_method = True
    browser_size = "1440x900"
    touch_enabled = False
