from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationRun(EvaluationCommon):
    """A quarter is drawn up once, by the button or by the schedule, for whoever has worked."""

    def test_who_has_not_worked_is_not_scored(self):
        self._record("document_expired", contractor=self.competitor, contract=None)
        evaluation = self._draft()
        self.assertEqual(evaluation.contractor_id, self.contractor)

    def test_an_empty_quarter_is_said(self):
        with self.assertRefused("Nothing a scorecard counts was recorded in this quarter"):
            self._run()

    def test_a_running_quarter_is_refused(self):
        with self.assertRefused("and is evaluated afterwards."):
            self._run(date=fields.Date.today())

    def test_a_second_run_changes_nothing(self):
        evaluation = self._draft()
        self._judge(evaluation, points=55)
        self.assertEqual(self._run(), evaluation)
        self.assertEqual(evaluation.line_ids[1].points, 55)

    def test_the_schedule_draws_up_the_last_quarter(self):
        self._record_orders(9, 10)
        evaluations = self.env["outsourcing.evaluation"]
        evaluations._cron_draw_up()
        found = evaluations.search([("date_from", "=", self.quarter)])
        self.assertEqual(found.contractor_id, self.contractor)
        self.assertEqual(found.activity_ids.user_id, self.user_manager)
        evaluations._cron_draw_up()
        self.assertEqual(evaluations.search([("date_from", "=", self.quarter)]), found)

    def test_an_archived_contractor_is_evaluated(self):
        self._record_orders(9, 10)
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET active = FALSE WHERE id = %s", [self.contractor.id])
        self.env.invalidate_all()
        self.assertEqual(self._run().contractor_id, self.contractor)

    def test_a_supervisor_runs_no_quarter(self):
        self._record_orders(9, 10)
        with self.assertRaises(AccessError):  # core's own
            self._run(self.user_supervisor)

    def test_nobody_creates_an_evaluation_by_hand(self):
        vals = {
            "company_id": self.company.id,
            "contractor_id": self.contractor.id,
            "service_type_id": self.service_elevator.id,
            "scorecard_id": self.scorecard.id,
            "date_from": self.quarter,
            "date_to": self.quarter_end,
        }
        with self.assertRaises(AccessError):  # core's own
            self.env["outsourcing.evaluation"].with_user(self.user_manager).create(vals)

    def test_facts_that_arrive_late_go_into_the_next_quarter(self):
        first = self._publish(done=8, limited=10)
        self._finish(first)
        late = self._record_orders(0, 1)
        self.assertEqual(len(self.env["outsourcing.fact"].search(first._get_facts_domain())), 18)
        # the next quarter is judged once it has ended
        self._record_orders(3, 3, day=self.quarter_end + timedelta(days=20))
        day = fields.Date.add(self.quarter, months=3)
        second = self.env["outsourcing.evaluation"]._draw_up(self.company, day, self.contractor)
        self.assertEqual((second.line_ids[0].sample, second.late_fact_count), (4, 1))
        self.assertIn(late[0], self.env["outsourcing.fact"].search(second._get_facts_domain()))

    def test_quarters_counted_together_are_counted_as_each_alone(self):
        first = self._finish(self._publish(done=8, limited=10))
        self._record_orders(0, 1)  # late
        next_quarter = fields.Date.add(self.quarter, months=3)
        self._record_orders(3, 3, day=next_quarter)
        evaluations = self.env["outsourcing.evaluation"]
        second = evaluations._draw_up(self.company, next_quarter, self.contractor)
        # another firm that nobody has judged before: all of its facts count in their own quarter
        other = self._create_contract(contractor_id=self.competitor.id, title="Of another firm")
        self._record_orders(2, 5, contract=other)
        third = evaluations._draw_up(self.company, self.quarter, self.competitor)
        self._record_orders(1, 1, contract=other)
        (second | third)._count()
        self.assertEqual((second.line_ids[0].numerator, second.line_ids[0].sample), (3, 4))
        self.assertEqual((third.line_ids[0].numerator, third.line_ids[0].sample), (3, 6))
        self.assertEqual((second.late_fact_count, third.late_fact_count), (1, 0))
        self.assertEqual(first.line_ids[0].sample, 10)

    def test_more_stops_than_a_query_has_columns_are_counted(self):
        self._record_orders(8, 10)
        evaluation = self._run()
        many = self._copy_with_own_stops(evaluation, 1700) | evaluation
        totals = many._map_totals()
        self.assertEqual(len(totals), 1701)
        [alone] = evaluation._map_totals().values()
        self.assertEqual(totals[evaluation.id].counts, alone.counts)
        self.assertEqual(sum(alone.counts.values()), 36)

    def _copy_with_own_stops(self, evaluation, number):
        """Return ``number`` evaluations of earlier quarters, each with a last fact of its own."""
        self.env.flush_all()
        names = [name for name, field in evaluation._fields.items() if field.store and field.column_type]
        own = {"id", "date_from", "last_fact_id"}
        columns = SQL(", ").join(SQL.identifier(name) for name in names if name not in own)
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO outsourcing_evaluation (date_from, last_fact_id, %(columns)s)
                SELECT date_from - n, last_fact_id + n, %(columns)s
                  FROM outsourcing_evaluation, generate_series(1, %(number)s) AS n
                 WHERE id = %(id)s
             RETURNING id
                """,
                columns=columns,
                number=number,
                id=evaluation.id,
            )
        )
        return evaluation.browse(row[0] for row in rows)

    def test_a_contractor_replaced_in_mid_quarter_answers_for_its_own_days(self):
        self._record_orders(9, 10, day=self.quarter + timedelta(days=10))
        successor = self._create_contract(contractor_id=self.competitor.id, title="Of the successor")
        self._record_orders(4, 10, contract=successor, day=self.quarter + timedelta(days=60))
        figures = {row.contractor_id: row.line_ids[0].figure for row in self._run()}
        expected = {self.contractor: "9 / 10 = 90 %", self.competitor: "4 / 10 = 40 %"}
        self.assertEqual(figures, expected)

    def test_a_final_figure_keeps_the_facts_it_was_made_of(self):
        facts = self._record_orders(8, 10)
        evaluation = self._run()
        self._judge(evaluation)
        evaluation.with_user(self.user_manager).action_publish()
        self._finish(evaluation)
        facts[0]._void("Turned out otherwise")
        self._tell_time(facts[0], fields.Datetime.now() + timedelta(days=31))
        domain = evaluation._get_facts_domain()
        found = self.env["outsourcing.fact"].with_context(active_test=False).search(domain)
        self.assertEqual(set(found.ids), set(facts.ids))

    def _tell_time(self, facts, moment):
        """Let ``facts`` have been written at ``moment``: a transaction has one time alone."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE outsourcing_fact SET write_date = %s WHERE id IN %s", [moment, tuple(facts.ids)]
        )
        self.env.invalidate_all()
