from datetime import timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.property_outsourcing.tests.contract_year import monday_morning

from .common import SiteCommon

MONDAY = monday_morning(3)


def day(number):
    """Return the day ``number`` days after that Monday."""
    return MONDAY.date() + timedelta(days=number)


@tagged("post_install", "-at_install")
class TestSiteFacts(SiteCommon):
    """What happens on site is told with what it is to be counted against."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Shanghai"
        cls.works = cls._create_works_contract()

    def _facts(self, contract, *fact_types):
        return self.env["outsourcing.fact"].search(
            [("contract_id", "=", contract.id), ("fact_type", "in", fact_types)]
        )

    def _days(self, fact_type):
        return sorted(self._facts(self.works, fact_type).mapped("date"))

    def _run(self, days):
        with freeze_time(MONDAY + timedelta(days=days)), self.enter_registry_test_mode():
            self.env.ref("property_outsourcing_site.cron_record_logs").method_direct_trigger()
            self.env.invalidate_all()

    def _hand_in(self, date, days):
        with freeze_time(MONDAY + timedelta(days=days)):
            self._create_log(self.works, date=date)._portal_submit()
            self.env.flush_all()

    # ---- logs -------------------------------------------------------------------------------------------

    def test_works_owe_a_log_of_each_working_day_and_services_none(self):
        self.assertEqual((self.works.log_frequency, self.contract.log_frequency), ("workday", "none"))
        self._run(0)
        self._run(9)  # Wednesday of the next week: the days from Sunday to Monday are over
        self.assertEqual(self._days("log_due"), [day(number) for number in (0, 1, 2, 3, 4, 7)])
        self.assertFalse(self._facts(self.contract, "log_due", "log_missing"))

    def test_the_past_is_not_judged_and_no_day_twice(self):
        self._run(0)
        self.assertFalse(self._days("log_due"))
        for _again in range(2):
            self._run(3)
        self.assertEqual(self._days("log_due"), [day(0), day(1)])
        self.assertEqual(self._days("log_missing"), self._days("log_due"))

    def test_a_log_handed_in_within_its_days_is_in_time(self):
        self._run(0)
        self._hand_in(day(0), 1)
        self._run(2)
        self.assertEqual(self._days("log_due"), [day(0)])
        self.assertFalse(self._facts(self.works, "log_missing", "log_late"))

    def test_a_log_handed_in_after_all_is_late_and_no_longer_missing(self):
        self._run(0)
        self._run(2)
        missing = self._facts(self.works, "log_missing")
        self._hand_in(day(0), 4)
        self.assertFalse(missing.active)
        self.assertIn("after all", missing.void_reason)
        late = self._facts(self.works, "log_late")
        self.assertEqual((late.value, late.res_model), (3.0, "outsourcing.site.log"))

    def test_a_returned_log_keeps_the_day_it_was_first_handed_in(self):
        self._run(0)
        self._hand_in(day(0), 0)
        log = self.env["outsourcing.site.log"].search([("contract_id", "=", self.works.id)])
        log.with_user(self.user_supervisor).review_comment = "How many tiles?"
        log.with_user(self.user_supervisor).action_return()
        self._run(2)
        with freeze_time(MONDAY + timedelta(days=5)):
            log.with_user(self.portal_contractor)._portal_submit()
        self.assertFalse(self._facts(self.works, "log_missing", "log_late"))

    def test_days_of_a_suspension_owe_nothing(self):
        self._run(0)
        with freeze_time(MONDAY + timedelta(days=1)):
            self.works.with_user(self.user_manager)._suspend("Typhoon")
        with freeze_time(MONDAY + timedelta(days=3)):
            self.works.with_user(self.user_manager).action_resume()
        self._run(6)
        self.assertEqual(self._days("log_due"), [day(number) for number in (0, 3, 4)])

    def test_days_of_many_contracts_cost_as_much_as_those_of_one(self):
        contracts = self._create_active_contracts(32, self._create_works_draft)
        counts = []
        for group in (contracts[:1], contracts[1:2], contracts[2:]):  # the first one warms up
            group._gated().write({"date_logs_judged": day(-1)})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            with freeze_time(MONDAY + timedelta(days=2)):
                group._process_log_days()
                self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(len(self._facts(contracts[0], "log_missing")), 1)
        self.assertEqual(counts[1], counts[2])

    # ---- inspections, defects ---------------------------------------------------------------------------

    def test_a_visit_was_due_when_it_was_done_or_missed(self):
        with freeze_time(MONDAY):
            missed = self._create_inspection(date_planned=day(0), date_due=day(0))
        self.env["outsourcing.inspection"]._get_missed(day(12))._process_missed()
        done = self._create_done_inspection()
        due = self._facts(self.contract, "inspection_due")
        self.assertEqual(set(due.mapped("res_id")), set((missed | done.sudo()).ids))
        types = due._get_fact_types()
        self.assertEqual(types["inspection_missed"].denominator, "inspection_due")

    def _find(self, **vals):
        defect = self._create_defect(
            clause_id=self.env["outsourcing.standard.clause"].search([], limit=1).id,
            equipment_id=self.elevator.id,
            found_by="property",
            **vals,
        )
        defect.with_user(self.user_supervisor).action_assign()
        return defect

    def test_the_same_defect_found_again_after_it_was_rectified_is_repeated(self):
        first = self._find()
        self._as_portal(first)._portal_rectify("Replaced", self._photos(), self.performer)
        again = self._find()
        repeated = self._facts(self.contract, "defect_repeated")
        self.assertEqual((repeated.res_id, repeated.note), (again.id, first.name))

    def test_another_defect_or_one_long_ago_repeats_nothing(self):
        first = self._find()
        self._as_portal(first)._portal_rectify("Replaced", self._photos(), self.performer)
        first._gated().write({"date_rectified": MONDAY - timedelta(days=3650)})
        self._find()
        self.assertFalse(self._facts(self.contract, "defect_repeated"))
