from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing_amendment.tests.amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestInspectionEquipment(AmendmentCommon):
    """Inspections follow single equipment that joins or leaves a running contract."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elevator2 = cls.elevator.copy({"name": "Elevator 3-2"})
        cls.contract = cls._create_contract()
        cls.contract.action_fill_scope()
        cls._activate(cls.contract)
        cls.added = cls.elevator.copy({"name": "Elevator 3-3"})
        cls.contract.inspection_plan_ids._process_generation(date(2026, 7, 31))

    def _amend_equipment(self, kind, equipment, day):
        change = {"kind": f"equipment_{kind}", "equipment_ids": [Command.set(equipment.ids)], "date": day}
        self._amend(self.contract, change)
        self.contract.inspection_plan_ids._process_generation(date(2026, 7, 31))

    def _visits(self, equipment):
        inspections = self.contract.inspection_plan_ids.inspection_ids
        return inspections.filtered(lambda inspection: inspection.equipment_id == equipment)

    def test_plans_gain_what_joined(self):
        plans = self.contract.inspection_plan_ids
        self.assertEqual(plans.equipment_ids, self.elevator | self.elevator2)
        self._amend_equipment("add", self.added, date(2026, 6, 10))
        self.assertEqual(self.contract.inspection_plan_ids, plans)
        for plan in plans:
            self.assertEqual(plan.equipment_ids, self.elevator | self.elevator2 | self.added)
        days = set(self._visits(self.elevator).mapped("date_planned")) - {date(2026, 6, 10)}
        self.assertEqual(set(self._visits(self.added).mapped("date_planned")), days)

    def test_what_joins_later_is_inspected_from_its_day(self):
        count = len(self.contract.inspection_plan_ids)
        self._amend_equipment("add", self.added, date(2026, 7, 16))
        self.assertEqual(min(self._visits(self.added).mapped("date_planned")), date(2026, 7, 16))
        self.assertEqual(len(self.contract.inspection_plan_ids), 2 * count)
        fourth = self.elevator.copy({"name": "Elevator 3-4"})
        self._amend_equipment("add", fourth, date(2026, 6, 10))
        naming = self.contract.inspection_plan_ids.filtered(lambda plan: fourth in plan.equipment_ids)
        self.assertEqual(len(naming), count)

    def test_plans_lose_what_left(self):
        before = self._visits(self.elevator2).mapped("date_planned")
        self._amend_equipment("remove", self.elevator, date(2026, 6, 11))
        self.assertEqual(self.contract.inspection_plan_ids.equipment_ids, self.elevator2)
        self.assertFalse(self._visits(self.elevator).filtered(lambda v: v.date_planned > date(2026, 6, 10)))
        self.assertEqual(sorted(self._visits(self.elevator2).mapped("date_planned")), sorted(before))

    def test_what_leaves_later_is_inspected_until_its_day(self):
        before = self._visits(self.elevator).mapped("date_planned")
        self._amend_equipment("remove", self.elevator, date(2026, 7, 16))
        after = self._visits(self.elevator).mapped("date_planned")
        self.assertEqual(sorted(after), sorted(day for day in before if day < date(2026, 7, 16)))

    def test_removal_reaching_back_takes_what_nobody_began(self):
        with freeze_time("2026-07-20"):
            self._amend_equipment("remove", self.elevator, date(2026, 7, 1))
        self.assertLess(max(self._visits(self.elevator).mapped("date_planned")), date(2026, 7, 1))

    def test_plan_ends_with_its_last_elevator(self):
        self._amend_equipment("remove", self.elevator | self.elevator2, date(2026, 7, 1))
        self.assertEqual(set(self.contract.inspection_plan_ids.mapped("date_end")), {date(2026, 6, 30)})
        last = max(self.contract.inspection_plan_ids.inspection_ids.mapped("date_planned"))
        self.assertLess(last, date(2026, 7, 1))
