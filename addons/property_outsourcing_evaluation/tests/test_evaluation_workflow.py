from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationWorkflow(EvaluationCommon):
    """Judged by role, shown to the contractor, appealed, final and frozen; each cheat is refused."""

    def test_points_that_follow_from_facts_are_not_typed(self):
        line = self._draft().line_ids[0].with_user(self.user_manager)
        with self.assertRefused("On time follows from facts: correct the document behind it."):
            line.points = 100

    def test_weights_are_not_typed(self):
        line = self._draft().line_ids[1].with_user(self.user_supervisor)
        for vals in ({"weight": 1}, {"status": "not_rated"}, {"bands": [[0, 100]]}, {"judged_by_id": 1}):
            with self.assertRefused("Criteria and weights come from the scorecard"):
                line.write(vals)

    def test_what_a_manager_judges_a_supervisor_does_not(self):
        self.scorecard.criterion_ids[1].judge = "manager"
        line = self._draft().line_ids[1]
        with self.assertRefused("On site is judged by a manager.", AccessError):
            line.with_user(self.user_supervisor).points = 50

    def test_a_stranger_sees_nothing(self):
        evaluation = self._draft()
        seen = self.env["outsourcing.evaluation"].with_user(self.user_outsider).search([])
        self.assertNotIn(evaluation, seen)
        with self.assertRaises(AccessError):  # core's own
            evaluation.line_ids[1].with_user(self.user_outsider).points = 50

    def test_points_lie_between_0_and_100(self):
        with self.assertRefused("On site: give between 0 and 100 points."):
            self._judge(self._draft(), points=101)

    def test_all_that_is_missing_is_said_at_once(self):
        evaluation = self._draft()
        with self.assertRefused("On site is not judged yet."):
            evaluation.with_user(self.user_manager).action_publish()
        self._judge(evaluation, note=" ")
        with self.assertRefused("On site: write why points are taken off."):
            evaluation.with_user(self.user_manager).action_publish()

    def test_what_could_not_be_judged_is_left_out(self):
        evaluation = self._draft(done=10, limited=10)
        evaluation.line_ids[1].with_user(self.user_supervisor).action_skip()
        evaluation.with_user(self.user_manager).action_publish()
        self.assertEqual((evaluation.score, evaluation.rated_weight), (100, 60))

    def test_a_supervisor_publishes_nothing(self):
        evaluation = self._draft()
        self._judge(evaluation)
        with self.assertRefused("You are not the person who may take this step", AccessError):
            evaluation.with_user(self.user_supervisor).action_publish()

    def test_score_grade_and_state_are_not_written(self):
        evaluation = self._publish().with_user(self.user_manager)
        grade = self.env.ref("property_outsourcing_evaluation.grade_a")
        past = fields.Datetime.now() - timedelta(days=90)
        system = "These values are written by the system alone"
        for vals, sentence in (
            ({"score": 100}, system),
            ({"grade_id": grade.id}, system),
            ({"last_fact_id": 1}, "Last Fact Counted can no longer be changed."),
            ({"date_preview": past}, "Preview since can no longer be changed."),
            ({"state": "final"}, "The state changes only through the buttons of the workflow."),
            ({"contractor_id": self.competitor.id}, "Contractor can no longer be changed."),
        ):
            with self.assertRefused(sentence):
                evaluation.write(vals)

    def test_a_preview_is_frozen(self):
        evaluation = self._publish()
        with self.assertRefused("its lines can no longer be changed."):
            self._judge(evaluation, points=100)
        with self.assertRefused("is no longer being judged."):
            evaluation.with_user(self.user_manager).action_count()

    def test_drafts_are_hidden_from_the_contractor(self):
        evaluation = self._draft()
        with self.assertRaises(AccessError):  # core's own
            evaluation.with_user(self.portal_contractor).read(["score"])
        self._judge(evaluation)
        evaluation.with_user(self.user_manager).action_publish()
        evaluation.with_user(self.portal_contractor).line_ids.read(["figure", "explanation"])
        with self.assertRaises(AccessError):  # core's own
            evaluation.with_user(self.portal_competitor).read(["score"])

    def test_days_to_appeal_are_working_days(self):
        evaluation = self._publish()
        expected = self.company.resource_calendar_id.plan_days(
            5, fields.Datetime.to_datetime(fields.Date.today() + timedelta(days=1)), compute_leaves=True
        )
        self.assertEqual(evaluation.appeal_deadline, expected.date())

    def test_a_holiday_entered_later_moves_the_deadline(self):
        evaluation = self._publish()
        before = evaluation.appeal_deadline
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": fields.Datetime.to_datetime(before) - timedelta(hours=12),
                "date_to": fields.Datetime.to_datetime(before) + timedelta(hours=23),
            }
        )
        self.assertGreater(evaluation.appeal_deadline, before)

    def test_silence_makes_it_final(self):
        evaluation = self._publish()
        self.env["outsourcing.evaluation"]._cron_close_previews()
        self.assertEqual(evaluation.state, "preview")
        self._finish(evaluation)
        self.assertEqual((evaluation.state, evaluation.contractor_name), ("final", "Steady Elevators"))

    def test_nobody_makes_it_final_before(self):
        evaluation = self._publish().with_user(self.user_manager)
        with self.assertRefused("it becomes final then."):
            evaluation._transition_to("final")

    def _appeal(self, evaluation, reason="The lift was out of power"):
        lines = evaluation.line_ids[0]
        evaluation.with_user(self.portal_contractor)._portal_appeal(lines, reason)

    def test_only_the_contractor_appeals(self):
        evaluation = self._publish()
        for user in (self.portal_competitor, self.user_manager):
            with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
                evaluation.with_user(user)._portal_appeal(evaluation.line_ids[0], "No")

    def test_an_appeal_names_criteria_and_reason(self):
        evaluation = self._publish()
        for lines, reason in ((evaluation.line_ids[:0], "No"), (evaluation.line_ids, "  ")):
            with self.assertRefused("Choose the criteria you appeal against, and write why."):
                evaluation.with_user(self.portal_contractor)._portal_appeal(lines, reason)

    def test_an_appeal_after_its_day_is_refused(self):
        evaluation = self._publish()
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            with self.assertRefused("could be appealed until"):
                self._appeal(evaluation)

    def test_an_appeal_is_answered_by_another_manager(self):
        evaluation = self._publish()
        self._appeal(evaluation)
        self.assertTrue(evaluation.activity_ids.user_id - self.user_manager)
        with self.assertRefused("another person must take this step"):
            evaluation.with_user(self.user_manager).action_answer()
        line = evaluation.line_ids[0]
        line.with_user(self.user_manager2).write({"points": 90, "note": "Power cut proven"})
        self._decide_with_reason(evaluation.with_user(self.user_manager2), "action_answer", "Granted")
        self.assertEqual((evaluation.state, line.points_before, line.points), ("final", 60, 90))
        self.assertEqual(evaluation.decision, "Granted")

    def test_figures_do_not_change_under_an_appeal(self):
        evaluation = self._publish()
        self._record_orders(0, 10)
        self._appeal(evaluation)
        for user in (self.user_manager, self.user_manager2):
            with self.assertRefused("is no longer being judged."):
                evaluation.with_user(user).action_count()
        self.assertEqual(evaluation.line_ids[0].figure, "8 / 10 = 80 %")

    def test_a_firm_that_is_renamed_keeps_its_name_in_final_quarters(self):
        first = self._finish(self._publish())
        self.contractor.name = "Renamed Elevators"
        self.assertIn("Steady Elevators", first.display_name)
        self.assertEqual(first._get_comparison_heads(), [first.period_label])

    def test_a_firm_that_is_merged_is_evaluated_as_the_one_that_remains(self):
        twin = self.env["res.partner"].create({"name": "Steady again", "is_company": True})
        (twin | self.contractor).vat = "91310000607378990F"
        final = self._finish(self._publish())
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {
                "state": "selection",
                "partner_ids": [(6, 0, (twin | self.contractor).ids)],
                "dst_partner_id": twin.id,
            }
        )
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertEqual((final.contractor_id, final.contractor_name), (twin, "Steady Elevators"))
        before = fields.Date.add(self.quarter, months=-3)
        self._record_orders(9, 9, day=before)
        self.assertEqual(self._run(date=before).contractor_id, twin)
        self.assertFalse(
            self.env["outsourcing.evaluation"]._get_firms_to_evaluate(self.company, self.quarter)
        )

    def test_what_is_not_appealed_against_stays(self):
        evaluation = self._publish()
        self._appeal(evaluation)
        with self.assertRefused("On site is not appealed against and stays as it is."):
            evaluation.line_ids[1].with_user(self.user_manager2).points = 100

    def test_our_silence_leaves_out_what_is_appealed_against(self):
        evaluation = self._publish()
        self._appeal(evaluation)
        self._finish(evaluation)
        self.assertEqual((evaluation.state, evaluation.line_ids[0].status), ("final", "not_rated"))
        self.assertEqual(evaluation.decision, "The appeal was not answered in time: not rated.")

    def test_a_veto_is_a_manager_s_with_grounds(self):
        evaluation = self._draft()
        veto = self.env.ref("property_outsourcing_evaluation.veto_elevator_wages")
        vals = {"evaluation_id": evaluation.id, "veto_id": veto.id, "reason": "Court order"}
        vetoes = self.env["outsourcing.evaluation.veto"]
        with self.assertRaises(AccessError):  # core's own
            vetoes.with_user(self.user_supervisor).create(vals)
        with self.assertRefused("write the grounds"):
            vetoes.with_user(self.user_manager).create({**vals, "reason": False})
        vetoes.with_user(self.user_manager).create(vals)
        self.assertEqual(evaluation.grade_id.name, "D")

    def test_a_final_one_is_not_deleted(self):
        evaluation = self._finish(self._publish())
        with self.assertRefused("can no longer be deleted."):
            evaluation.with_user(self.user_manager).unlink()
