from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentService(AmendmentCommon):
    """What is served follows an amendment: scope, planned orders, coverage of equipment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service_elevator.task_ids = [
            Command.create({"name": "Visit", "interval_months": 1, "per_community": True})
        ]
        cls.elevator2 = cls.elevator.copy(
            {"outsourcing_community_id": cls.other_community.id, "outsourcing_location_id": False}
        )
        cls.both = cls.community | cls.other_community

    def _contract(self, communities=None):
        contract = self._create_contract(
            community_ids=[Command.set((communities or self.community).ids)], date_start=date(2026, 1, 1)
        )
        contract.action_fill_scope()
        return self._activate(contract)

    def _visits(self, contract, community):
        orders = contract.task_ids.filtered(
            lambda order: (
                order.name == "Visit"
                and order.outsourcing_community_id == community
                and order.state != "1_canceled"
            )
        )
        return [date.month for date in sorted(orders.mapped("outsourcing_planned_finish"))]

    def _remove(self, contract, day=date(2026, 9, 16)):
        change = {"kind": "community_remove", "community_id": self.other_community.id, "date": day}
        return self._amend(contract, change)

    def test_removed_community_is_planned_until_its_day_and_shown_so(self):
        contract = self._contract(self.both)
        before = self._visits(contract, self.community)
        self._remove(contract)
        self.assertEqual(self._visits(contract, self.community), before)
        self.assertEqual(max(self._visits(contract, self.other_community)), 9)
        self.assertIn("served until 2026-09-15", contract.ended_service)
        self.assertIn(self.other_community, contract.community_ids)
        scope = contract.scope_ids.filtered(lambda line: line.community_id == self.other_community)
        self.assertEqual(scope.date_end, date(2026, 9, 15))
        self.assertFalse((contract.scope_ids - scope).date_end)

    def test_equipment_of_a_removed_community_is_no_longer_covered(self):
        contract = self._contract(self.both)
        self._remove(contract)
        equipment = self.elevator2.with_user(self.user_manager)
        self.assertEqual(equipment.outsourcing_contract_ids, contract)
        with freeze_time("2026-09-16"):
            equipment.invalidate_recordset()
            self.assertFalse(equipment.outsourcing_contract_ids)
            self.assertTrue(self.elevator.with_user(self.user_manager).outsourcing_contract_ids)

    def test_no_order_for_a_community_that_left(self):
        contract = self._contract(self.both)
        self._remove(contract)
        vals = {"name": "Repair", "outsourcing_community_id": self.other_community.id}
        contract.with_user(self.user_manager)._dispatch_order(vals)
        with freeze_time("2026-09-16"):
            with self.assertRaisesRegex(ValidationError, "until 2026-09-15 only"):
                contract.with_user(self.user_manager)._dispatch_order(vals)
            contract.with_user(self.user_manager)._dispatch_order(
                {**vals, "outsourcing_community_id": self.community.id}
            )

    def test_added_community_is_planned_from_its_day(self):
        contract = self._contract()
        change = {"kind": "community_add", "community_id": self.other_community.id, "amount": 3000.0}
        self._amend(contract, {**change, "date": date(2026, 10, 1)})
        self.assertEqual(self._visits(contract, self.other_community), [10, 11, 12])
        scope = contract.scope_ids.filtered(lambda line: line.community_id == self.other_community)
        self.assertEqual(scope.equipment_ids, self.elevator2)

    def test_orders_follow_the_term(self):
        contract = self._contract()
        self._amend(contract, {"kind": "end_date", "date": date(2027, 2, 28)})
        self.assertEqual(self._visits(contract, self.community)[-3:], [12, 1, 2])
        self._amend(contract, {"kind": "end_date", "date": date(2026, 8, 31)})
        self.assertEqual(self._visits(contract, self.community)[-1], 8)
        self.assertFalse(contract.scope_ids.date_end)

    def test_no_client_says_until_when_a_place_is_covered(self):
        contract = self._contract(self.both)
        with self.assertRefused("its lines can no longer be changed."):
            contract.scope_ids[0].with_user(self.user_manager).write({"date_end": date(2026, 6, 1)})

    # ---- periods of the calendar, fees of their own, advances -------------------------------------------

    def test_community_added_to_a_contract_that_began_within_a_month(self):
        contract = self._activate(self._create_contract(date_start=date(2026, 1, 16)))
        change = {"kind": "community_add", "community_id": self.other_community.id, "amount": 3000.0}
        self._amend(contract, {**change, "date": date(2026, 10, 16)})
        rows = contract.milestone_ids.filtered(lambda row: row.community_id == self.other_community)
        self.assertEqual(rows.mapped("amount"), [1548.39, 3000.0, 3000.0])
        self.assertEqual(rows[1].date_start, date(2026, 11, 1))
        self.assertIn("2026-11", rows[1].name)

    def test_extension_charges_each_community_its_own_fee(self):
        fees = [
            Command.create({"community_id": community.id, "quantity": number, "price_unit": 500.0})
            for community, number in ((self.community, 4), (self.other_community, 2))
        ]
        contract = self._create_contract(community_ids=[Command.set(self.both.ids)], fee_ids=fees)
        contract.action_generate_periods()
        self._activate(contract)
        self._amend(contract, {"kind": "end_date", "date": date(2027, 1, 31)})
        new = contract.milestone_ids.filtered(lambda row: row.date_start >= date(2027, 1, 1))
        amounts = {row.community_id: row.amount for row in new}
        self.assertEqual(amounts, {self.community: 2000.0, self.other_community: 1000.0})

    def test_recovered_advance_does_not_count_to_the_price(self):
        contract = self._create_works_draft(advance_is_recovered=True)
        contract.milestone_ids = [Command.create({"name": "Advance", "kind": "advance", "amount": 20000.0})]
        contract = self._activate(contract)
        self._amend(contract, {"kind": "row_new", "name": "Extra", "amount": 1000.0})
        self.assertEqual(contract.amount_total, 201000.0)
        self.assertEqual(sum(contract.purchase_order_id.order_line.mapped("product_qty")), 201000.0)
