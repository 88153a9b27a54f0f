from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing_amendment.tests.amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
class TestInspectionService(AmendmentCommon):
    """Inspections follow the communities and the term of a running contract."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-06-10"):
            cls.contract = cls._create_active_contract(
                community_ids=[Command.set((cls.community | cls.other_community).ids)]
            )
            cls.contract.inspection_plan_ids._process_generation(date(2026, 6, 30))

    def _plans(self, community):
        return self.contract.inspection_plan_ids.filtered(lambda plan: plan.community_id == community)

    def _days(self, community):
        return self._plans(community).inspection_ids.mapped("date_planned")

    def test_inspections_of_a_removed_community_stop_from_its_day(self):
        change = {"kind": "community_remove", "community_id": self.other_community.id}
        with freeze_time("2026-06-10"):
            self._amend(self.contract, {**change, "date": date(2026, 6, 16)})
            self.contract.inspection_plan_ids._process_generation(date(2026, 7, 31))
        self.assertEqual(max(self._days(self.other_community)), date(2026, 6, 15))
        self.assertEqual(max(self._days(self.community)), date(2026, 7, 31))
        self.assertEqual(set(self._plans(self.other_community).mapped("date_end")), {date(2026, 6, 15)})

    def test_removal_reaching_back_takes_what_nobody_began(self):
        change = {"kind": "community_remove", "community_id": self.other_community.id}
        with freeze_time("2026-06-20"):
            self._amend(self.contract, {**change, "date": date(2026, 6, 16)})
        planned = self._plans(self.other_community).inspection_ids
        self.assertLessEqual(max(planned.mapped("date_planned")), date(2026, 6, 15))

    def test_added_community_is_inspected_from_its_day(self):
        third = self.other_community.copy({"name": "Third", "code": "RB03"})
        change = {"kind": "community_add", "community_id": third.id, "amount": 3000.0}
        with freeze_time("2026-06-10"):
            self._amend(self.contract, {**change, "date": date(2026, 7, 1)})
            self.contract.inspection_plan_ids._process_generation(date(2026, 7, 31))
        self.assertEqual(len(self._plans(third)), len(self._plans(self.community)))
        self.assertEqual(min(self._days(third)), date(2026, 7, 1))

    def test_inspections_follow_the_term(self):
        ended = self._plans(self.community)[0]
        with freeze_time("2026-06-10"):
            ended.date_end = date(2026, 8, 31)
            self._amend(self.contract, {"kind": "end_date", "date": date(2027, 1, 31)})
            going_on = self.contract.inspection_plan_ids - ended
            self.assertEqual(set(going_on.mapped("date_end")), {date(2027, 1, 31)})
            self.assertEqual(ended.date_end, date(2026, 8, 31))
            self._amend(self.contract, {"kind": "end_date", "date": date(2026, 7, 31)})
            plans = self.contract.inspection_plan_ids
            self.assertEqual(set(plans.mapped("date_end")), {date(2026, 7, 31)})
