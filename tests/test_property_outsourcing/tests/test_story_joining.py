from datetime import date

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.property_outsourcing_amendment.tests.amendment_common import AmendmentCommon

from .common import StoryCommon, on

LEAVES = date(2026, 10, 16)


@tagged("post_install", "-at_install")
class TestJoiningStory(AmendmentCommon, StoryCommon):
    """An elevator and a community join in summer, another elevator and the community leave in autumn.

    12,000.00 a month; the new elevator costs 1,200.00 from 16 June on, the community 3,000.00 from 1 July to
    15 October, and the old elevator takes 1,200.00 off from 1 September on: 144,000.00 become 157,451.61.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_community.supervisor_ids |= cls.user_supervisor  # he looks after both
        cls.added = cls.elevator.copy({"name": "Elevator 3-2"})
        cls.far = cls.elevator.copy(
            {
                "name": "Lift",
                "outsourcing_community_id": cls.other_community.id,
                "outsourcing_location_id": False,
            }
        )
        cls.service_elevator.task_ids = [
            Command.create({"name": "Visit", "interval_months": 1, "per_community": True})
        ]
        with on("2026-01-01"):
            cls.contract = cls._create_contract()
            cls.contract.scope_ids = [
                Command.create(
                    {
                        "name": "Upkeep",
                        "community_id": cls.community.id,
                        "equipment_ids": [Command.set(cls.elevator.ids)],
                    }
                )
            ]
            cls._activate(cls.contract)

    def _equipment(self, kind, equipment, day):
        vals = {"kind": f"equipment_{kind}", "equipment_ids": [Command.set(equipment.ids)]}
        return {**vals, "amount": 1200.0, "date": day}

    def _join(self):
        with on("2026-06-10"):
            self._plan_rounds(date(2026, 6, 30))
            self._amend(
                self.contract,
                self._equipment("add", self.added, date(2026, 6, 16)),
                {"kind": "community_add", "community_id": self.other_community.id, "amount": 3000.0,
                 "date": date(2026, 7, 1)},
                date_effective=date(2026, 6, 10),
            )  # fmt: skip

    def _leave(self):
        with on("2026-08-20"):
            self._plan_rounds(date(2026, 10, 31))
            self._amend(
                self.contract,
                self._equipment("remove", self.elevator, date(2026, 9, 1)),
                {"kind": "community_remove", "community_id": self.other_community.id, "date": LEAVES},
                date_effective=date(2026, 8, 20),
            )

    def _plan_rounds(self, until):
        self.contract.inspection_plan_ids._process_generation(until)

    def _rounds(self, **names):
        rounds = self.env["outsourcing.inspection"].search([("contract_id", "=", self.contract.id)])
        return rounds.filtered_domain([(name, "=", value.id) for name, value in names.items()])

    def _fees(self, community):
        rows = self.contract.milestone_ids.filtered(lambda row: row.community_id == community)
        return rows.sorted("date_start").mapped("amount")

    def test_payment_rows_follow_to_the_cent(self):
        self._join()
        self._assert_in_step(self.contract, 144000.0 + 600.0 + 6 * 1200.0 + 6 * 3000.0)
        self._leave()
        self.assertEqual(
            self._fees(self.community), [12000.0] * 5 + [12600.0] + [13200.0] * 2 + [12000.0] * 4
        )
        self.assertEqual(self._fees(self.other_community), [3000.0] * 3 + [1451.61])
        self._assert_in_step(self.contract, 157451.61)

    def test_rounds_begin_and_end_with_what_is_served(self):
        self._join()
        with on("2026-06-17"):
            self._plan_rounds(date(2026, 7, 31))
        self.assertEqual(min(self._rounds(equipment_id=self.added).mapped("date_planned")).month, 6)
        self.assertGreaterEqual(
            min(self._rounds(equipment_id=self.added).mapped("date_planned")), date(2026, 6, 16)
        )
        self.assertGreaterEqual(
            min(self._rounds(community_id=self.other_community).mapped("date_planned")), date(2026, 7, 1)
        )
        self._leave()
        with on("2026-10-20"):
            self._plan_rounds(date(2026, 11, 30))
        self.assertLess(
            max(self._rounds(equipment_id=self.elevator).mapped("date_planned")), date(2026, 9, 1)
        )
        self.assertLess(max(self._rounds(community_id=self.other_community).mapped("date_planned")), LEAVES)
        self.assertEqual(max(self._rounds(equipment_id=self.added).mapped("date_planned")).month, 11)

    def test_planned_work_and_calls_end_with_the_community(self):
        self._join()
        self._leave()
        visits = self.contract.task_ids.filtered(
            lambda order: (
                order.outsourcing_community_id == self.other_community and order.state != "1_canceled"
            )
        )
        months = sorted(finish.month for finish in visits.mapped("outsourcing_planned_finish"))
        self.assertEqual(months, [7, 8, 9, 10])
        call = {"name": "Noise", "outsourcing_community_id": self.other_community.id}
        with on("2026-10-15"):
            self.assertTrue(self.contract.with_user(self.user_supervisor)._dispatch_order(call))
        with (
            on("2026-10-16"),
            self.assertRaisesRegex(ValidationError, "River Bay is served .*until 2026-10-15"),
        ):
            self.contract.with_user(self.user_supervisor)._dispatch_order(call)

    def test_the_last_days_of_the_community_are_scored_and_paid(self):
        self._join()
        self._leave()
        row = self.contract.milestone_ids.filtered(lambda row: row.date_end == date(2026, 10, 15))
        with on("2026-10-17"):
            self._hand_in_report(row)
            self._score_month(row).with_user(self.portal_contractor)._portal_confirm_score()
            self.assertEqual(row.amount_accepted, 1451.61)
            settlement = self._settle_and_pay(row)
        self.assertEqual((settlement.amount_payable, settlement.payment_state), (1451.61, "paid"))

    def test_a_renewal_begins_with_what_is_left(self):
        self._join()
        self._leave()
        with on("2026-12-01"):
            contract = self.contract.with_user(self.user_manager)
            renewal = contract._renew(date(2027, 1, 1), date(2027, 12, 31))
        self.assertEqual((renewal.community_ids, renewal.amount_total), (self.community, 144000.0))
        self.assertEqual(renewal.scope_ids.equipment_ids, self.added)

    def test_who_serves_no_longer_does_not_leave_twice(self):
        self._join()
        self._leave()
        change = {"kind": "community_remove", "community_id": self.other_community.id, "date": LEAVES}
        again = self._draft_amendment(self.contract, change)
        with on("2026-09-01"), self.assertRaisesRegex(UserError, "River Bay: served until 2026-10-15"):
            again.with_user(self.user_supervisor).action_submit()
