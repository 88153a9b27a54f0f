from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.property_outsourcing_site.models.cycles import get_visit_cycle, iter_occurrences

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestChecklist(SiteCommon):
    def test_cumulative_cycles_hold_31_44_59_76_items(self):
        counts = [len(self.tsg._get_items(cycle)) for cycle in ("half_month", "quarter", "half_year", "year")]
        self.assertEqual(counts, [31, 44, 59, 76])

    def test_service_checklists_hold_110_items(self):
        keys = (
            "facade",
            "roof",
            "wet_room",
            "drain",
            "greening",
            "cleaning",
            "security",
            "fire",
            "water_tank",
        )
        lists = [self.env.ref(f"property_outsourcing_site.checklist_{key}") for key in keys]
        self.assertEqual([len(each.item_ids) for each in lists], [15, 13, 13, 13, 12, 13, 13, 10, 8])
        self.assertEqual(sum(len(each._get_items()) for each in lists), 110)

    def test_locking_engagement_needs_seven_millimetres(self):
        item = self.env.ref("property_outsourcing_site.checklist_item_a_1_29")
        self.assertEqual((item.judge, item.value_min, item.value_uom), ("N", 7.0, "mm"))
        self.assertEqual(
            [item._is_within_limits(value) for value in (6.9, 6.999, 7.0, 8)], [False, False, True, True]
        )

    def test_concealed_items_ask_for_a_photo(self):
        items = self.env["outsourcing.checklist.item"].search([("is_concealed", "=", True)])
        self.assertEqual(len(items), 5)
        self.assertTrue(all(item.requires_photo for item in items))

    def test_limits_in_the_wrong_order_are_refused(self):
        item = self.env.ref("property_outsourcing_site.checklist_item_a_1_29")
        with self.assertRaisesRegex(ValidationError, "lower limit"):
            item.with_user(self.user_admin).write({"has_value_max": True, "value_max": 5})

    def test_elevator_rhythm_over_a_year(self):
        cycles = [get_visit_cycle("half_month", number) for number in range(1, 25)]
        self.assertEqual([n for n, cycle in enumerate(cycles, 1) if cycle == "quarter"], [6, 18])
        self.assertEqual([n for n, cycle in enumerate(cycles, 1) if cycle == "half_year"], [12])
        self.assertEqual([n for n, cycle in enumerate(cycles, 1) if cycle == "year"], [24])

    def test_monthly_rhythm_has_quarters(self):
        self.assertEqual(
            [get_visit_cycle("month", n) for n in (1, 3, 6, 12)], ["month", "quarter", "half_year", "year"]
        )
        self.assertEqual(get_visit_cycle("daily", 6), "none")

    def test_half_monthly_never_lets_more_than_fifteen_days_pass(self):
        dates = [
            day
            for _n, day in iter_occurrences(
                date(2026, 1, 1), "half_month", date(2026, 1, 1), date(2026, 12, 31)
            )
        ]
        self.assertEqual(
            {(after - before).days for before, after in zip(dates, dates[1:], strict=False)}, {15}
        )
        self.assertEqual(len(dates), 25)

    def test_monthly_rhythm_survives_short_months(self):
        rows = iter_occurrences(date(2026, 1, 31), "month", date(2026, 1, 1), date(2026, 4, 30))
        self.assertEqual(
            [day for _n, day in rows],
            [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)],
        )

    def test_copy_takes_the_items_along(self):
        copy = self.daily.with_user(self.user_admin).copy()
        self.assertEqual(len(copy.item_ids), 8)
        self.assertNotEqual(copy.code, self.daily.code)
