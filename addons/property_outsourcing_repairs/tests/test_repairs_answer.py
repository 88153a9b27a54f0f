from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .repairs_common import RepairsCommon


@tagged("post_install", "-at_install")
class TestRepairsAnswer(RepairsCommon):
    """A report of quantities that nobody answers has an outcome."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.framework.company_id
        cls.company.outsourcing_repairs_answer_days = 5
        with freeze_time("2026-09-01 04:00:00"):
            cls.order = cls._report(cls._call_off(cls.framework, {"MB-01": 1}))

    def _run(self, day):
        with freeze_time(f"{day} 04:00:00"):
            orders = self.env["project.task"]._get_unanswered_reports(day)
            orders._process_unanswered_reports()
        return orders

    def _get_activities(self):
        return self.order.activity_ids.filtered(lambda a: a.summary == "Unanswered report of quantities")

    def test_a_report_is_answered_within_the_days_the_company_has_set(self):
        self.assertEqual(self.order.outsourcing_date_answer_due, date(2026, 9, 6))
        self.assertFalse(self._run(date(2026, 9, 6)))

    def test_silence_is_told_to_the_manager_once(self):
        self.assertEqual(self._run(date(2026, 9, 7)), self.order)
        self.assertEqual(self._get_activities().user_id, self.user_manager)
        self.assertEqual(self.order.outsourcing_measure_state, "reported")
        self.assertFalse(self._run(date(2026, 9, 20)))
        self.assertEqual(len(self._get_activities()), 1)

    def test_silence_counts_as_accepted_where_the_company_says_so(self):
        self.company.outsourcing_repairs_silence = "deemed"
        self._run(date(2026, 9, 7))
        self.assertEqual(self.order.outsourcing_measure_state, "accepted")
        self.assertEqual(self.order.outsourcing_date_accepted, date(2026, 9, 7))
        self.assertFalse(self.order.outsourcing_checked_by_id)
        self.assertTrue(self.order._is_deemed_accepted())
        rollup = self.framework._create_rollups(self.MONTH)
        self.assertEqual(rollup.amount_total, 185.0)
        signers = [name for _role, name, _day in rollup._get_signers(self.order)]
        self.assertIn("nobody answered in time", signers)

    def test_a_large_order_a_manager_lets_lie_is_told_or_accepted_as_well(self):
        self.company.outsourcing_repairs_manager_amount = 100.0
        self._accept(self.order)
        self.assertEqual(self.order.outsourcing_measure_state, "checked")
        self.assertEqual(self._run(date(2026, 9, 7)), self.order)

    def test_quantities_refused_down_to_nothing_are_never_deemed_accepted(self):
        self.company.outsourcing_repairs_silence = "deemed"
        self.order.outsourcing_order_line_ids.with_user(self.user_supervisor).quantity_performed = 0.0
        self._run(date(2026, 9, 7))
        self.assertEqual(self.order.outsourcing_measure_state, "reported")
        self.assertTrue(self._get_activities())

    def test_a_new_report_has_a_new_day(self):
        self._run(date(2026, 9, 7))
        self.order.with_user(self.user_supervisor).action_outsourcing_return_quantities()
        self.assertFalse(self.order.outsourcing_date_answer_due or self.order.outsourcing_date_answer_missed)
        self.assertFalse(self._get_activities())
        with freeze_time("2026-09-10 04:00:00"):
            self._report(self.order)
        self.assertEqual(self.order.outsourcing_date_answer_due, date(2026, 9, 15))
        self.assertEqual(self._run(date(2026, 9, 16)), self.order)

    def test_cancelled_and_answered_orders_are_left_alone(self):
        self._accept(self.order)
        self.assertFalse(self._run(date(2026, 9, 30)))

    def test_nobody_moves_the_day(self):
        for name in ("outsourcing_date_answer_due", "outsourcing_date_answer_missed"):
            with self.assertRefused("These values are written by the system alone"):
                self.order.with_user(self.user_manager).write({name: date.today() + timedelta(days=99)})

    def test_the_schedule_works_through_all_of_them(self):
        with freeze_time("2026-09-01 04:00:00"):
            other = self._report(self._call_off(self.framework, {"ZM-01": 1}))
        with freeze_time("2026-09-07 04:00:00"), self.enter_registry_test_mode():
            self.env.ref("property_outsourcing_repairs.cron_unanswered_reports").method_direct_trigger()
        for order in self.order | other:
            self.assertEqual(order.outsourcing_date_answer_missed, date(2026, 9, 7))
