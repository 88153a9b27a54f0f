from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentEquipment(AmendmentCommon):
    """Single elevators join or leave a running contract: fee, scope and planned orders follow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elevators = cls.elevator
        for number in range(2, 11):
            cls.elevators |= cls._create_elevator(f"Elevator {number}")
        cls.contract = cls._create_contract()
        cls.contract.action_fill_scope()
        cls._activate(cls.contract)
        cls.added = cls._create_elevator("Elevator 11")
        cls.scope = cls.contract.scope_ids

    @classmethod
    def _create_elevator(cls, name, **vals):
        return cls.elevator.copy({"name": name, **vals})

    def _change(self, kind, equipment, amount=0.0, day=date(2026, 6, 16)):
        return {
            "kind": f"equipment_{kind}",
            "equipment_ids": [Command.set(equipment.ids)],
            "amount": amount,
            "date": day,
        }

    def _amounts(self, contract=None):
        rows = (contract or self.contract).milestone_ids.sorted("date_start")
        return [row.amount for row in rows[4:7]]  # May, June, July

    def _assert_refused(self, change, message, contract=None):
        amendment = self._draft_amendment(contract or self.contract, change)
        with self.assertRaisesRegex(UserError, message):
            amendment.with_user(self.user_supervisor).action_submit()

    # ---- fee --------------------------------------------------------------------------------------------

    def test_elevator_added_in_the_middle_of_a_month(self):
        amendment = self._amend(self.contract, self._change("add", self.added, 1200.0))
        self.assertEqual(self._amounts(), [12000.0, 12600.0, 13200.0])
        self._assert_in_step(self.contract, 144000.0 + 600.0 + 6 * 1200.0)
        self.assertEqual(amendment.amount_delta, 7800.0)
        self.assertEqual(amendment.effect_ids.mapped("amount_delta"), [600.0] + 6 * [1200.0])

    def test_elevator_removed_in_the_middle_of_a_month(self):
        self._amend(self.contract, self._change("remove", self.elevator, 1200.0))
        self.assertEqual(self._amounts(), [12000.0, 11400.0, 10800.0])
        self._assert_in_step(self.contract, 144000.0 - 600.0 - 6 * 1200.0)

    def test_share_of_a_month_of_31_days_is_rounded_to_the_cent(self):
        self._amend(self.contract, self._change("add", self.added, 1200.0, date(2026, 7, 16)))
        self.assertEqual(self._amounts(), [12000.0, 12000.0, 12619.35])
        self._assert_in_step(self.contract, 144000.0 + 619.35 + 5 * 1200.0)

    def test_only_the_community_of_the_equipment_pays(self):
        both = self.community | self.other_community
        contract = self._create_active_contract(community_ids=[Command.set(both.ids)])
        elevator = self._create_elevator(
            "E", outsourcing_community_id=self.other_community.id, outsourcing_location_id=False
        )
        self.other_community.supervisor_ids |= self.user_supervisor
        self._amend(contract, self._change("add", elevator, 1000.0, date(2026, 7, 1)))
        rows = contract.milestone_ids.filtered(lambda row: row.amount == 13000.0)
        self.assertEqual((len(rows), rows.community_id), (6, self.other_community))

    def test_fee_of_the_equipment_holds_in_an_extension_and_on_top_of_a_new_fee(self):
        self._amend(self.contract, self._change("add", self.added, 1200.0))
        self._amend(self.contract, {"kind": "end_date", "date": date(2027, 1, 31)})
        self.assertEqual(self.contract.milestone_ids.sorted("date_start")[-1].amount, 13200.0)
        self._amend(
            self.contract,
            {"kind": "period_fee", "amount": 15000.0, "date": date(2026, 8, 1)},
            self._change("remove", self.elevator, 1500.0, date(2026, 9, 1)),
        )
        self._amend(self.contract, {"kind": "end_date", "date": date(2027, 2, 28)})
        self.assertEqual(self.contract.milestone_ids.sorted("date_start")[-1].amount, 13500.0)

    def test_without_a_fee_only_the_scope_changes(self):
        self._accept_row(self.contract.milestone_ids[5], 12000.0, date(2026, 6, 10), self.community)
        amendment = self._amend(self.contract, self._change("add", self.added))
        self.assertFalse(amendment.effect_ids)
        self.assertIn(self.added, self.scope.equipment_ids)
        self.assertIn("same fee", amendment.line_ids.new_shown)
        self._assert_in_step(self.contract, 144000.0)

    # ---- refusals ---------------------------------------------------------------------------------------

    def test_fee_of_an_accepted_period_is_not_touched(self):
        self._accept_row(self.contract.milestone_ids[5], 12000.0, date(2026, 6, 10), self.community)
        self._assert_refused(self._change("add", self.added, 1200.0), "only begin after it")

    def test_fee_never_falls_below_zero(self):
        self._assert_refused(self._change("remove", self.elevator, 12000.01, date(2026, 7, 1)), "negative")

    def test_fee_needs_periods_to_be_paid_in(self):
        contract = self._create_works_contract()
        self._assert_refused(self._change("add", self.added, 500.0), "no period is paid from", contract)

    def test_equipment_served_or_not_served_already(self):
        self._assert_refused(self._change("add", self.elevator, 1.0), "Elevator 3-1 is already served")
        self._assert_refused(self._change("remove", self.added, 1.0), "Elevator 11 is not served")
        self._amend(self.contract, self._change("remove", self.elevator, 1200.0))
        self._assert_refused(self._change("remove", self.elevator, 1200.0), "is not served")

    def test_equipment_of_elsewhere_is_never_saved(self):
        foreign = self._create_elevator(
            "F", outsourcing_community_id=self.other_community.id, outsourcing_location_id=False
        )
        company = self.env["res.company"].create({"name": "Another"})
        alien = self.env["maintenance.equipment"].sudo().create({"name": "A", "company_id": company.id})
        with self.assertRaisesRegex(ValidationError, "does not serve"):
            self._draft_amendment(self.contract, self._change("add", foreign), user=self.user_manager)
        with self.assertRaises(AccessError):  # core's own
            self._draft_amendment(self.contract, self._change("add", alien), user=self.user_manager)
        with self.assertRaisesRegex(ValidationError, "another company"):  # whoever may see both
            root = self.env.ref("base.user_root")
            self._draft_amendment(self.contract, self._change("add", alien), user=root)

    def test_equipment_of_two_communities_takes_two_changes(self):
        both = self.community | self.other_community
        contract = self._create_active_contract(community_ids=[Command.set(both.ids)])
        there = self._create_elevator(
            "E", outsourcing_community_id=self.other_community.id, outsourcing_location_id=False
        )
        change = self._change("add", self.added | there)
        with self.assertRaisesRegex(ValidationError, "one change for each community"):
            self._draft_amendment(contract, change, user=self.user_manager)

    def test_the_same_elevator_is_not_changed_twice(self):
        change = self._change("remove", self.elevator, 1200.0)
        twice = self._draft_amendment(self.contract, change, change)
        with self.assertRaisesRegex(UserError, "changed twice"):
            twice.with_user(self.user_supervisor).action_submit()
        self._submit_amendment(self.contract, self._change("remove", self.elevator))
        self._assert_refused(self._change("remove", self.elevator), "still open and changes the same")

    def test_nobody_but_the_amendment_changes_the_scope(self):
        vals = {"equipment_ids": [Command.link(self.added.id)]}
        with self.assertRefused("its lines can no longer be changed."):
            self.scope.with_user(self.user_manager).write(vals)
        with self.assertRaises(AccessError):  # core's own
            self.scope.with_user(self.portal_contractor).write(vals)

    # ---- what is served ---------------------------------------------------------------------------------

    def test_scope_gains_and_loses_equipment_from_the_day(self):
        self._amend(self.contract, self._change("add", self.added))
        self.assertEqual((len(self.scope.equipment_ids), self.scope.quantity), (11, 11.0))
        self._amend(self.contract, self._change("remove", self.elevator, day=date(2026, 9, 16)))
        ended = self.contract.scope_ids - self.scope
        self.assertEqual((ended.equipment_ids, ended.quantity), (self.elevator, 1.0))
        self.assertEqual(ended.date_end, date(2026, 9, 15))
        self.assertEqual((len(self.scope.equipment_ids), self.scope.quantity), (10, 10.0))
        self.assertFalse(self.scope.date_end)
        elevator = self.elevator.with_user(self.user_manager)
        self.assertEqual(elevator.outsourcing_contract_ids, self.contract)
        with freeze_time("2026-09-16"):
            elevator.invalidate_recordset()
            self.assertFalse(elevator.outsourcing_contract_ids)

    def test_removed_equipment_may_come_back(self):
        self._amend(self.contract, self._change("remove", self.elevators))
        self._assert_refused(self._change("add", self.elevator, day=date(2026, 6, 15)), "already served")
        self._amend(self.contract, self._change("add", self.elevator))
        self.assertEqual((self.scope.equipment_ids, self.scope.quantity), (self.elevator, 1.0))

    def test_scrapped_equipment_is_removed_and_stays_named(self):
        # archived before a running contract kept what it uses
        self.env.cr.execute(
            "UPDATE maintenance_equipment SET active = FALSE WHERE id = %s", [self.elevator.id]
        )
        self.elevator.invalidate_recordset()
        amendment = self._amend(self.contract, self._change("remove", self.elevator))
        self.assertEqual(amendment.line_ids.what, "Equipment removed: Elevator 3-1")
        self.assertNotIn(self.elevator, self.scope.with_context(active_test=False).equipment_ids)

    def test_planned_orders_of_removed_equipment_are_cancelled(self):
        vals = {"outsourcing_kind": "planned", "outsourcing_community_id": self.community.id}
        orders = self.env["project.task"]
        for equipment, day in ((self.elevators[1], 20), (self.elevator, 15), (self.elevator, 16)):
            orders |= self.contract._dispatch_order(
                {
                    **vals,
                    "name": f"Overhaul {day}",
                    "outsourcing_equipment_id": equipment.id,
                    "outsourcing_planned_start": datetime(2026, 6, day, 1),
                    "outsourcing_planned_finish": datetime(2026, 6, day, 9),
                }
            )
        self._amend(self.contract, self._change("remove", self.elevator, 1200.0))
        self.assertEqual([order.state == "1_canceled" for order in orders], [False, False, True])
        notes = " ".join(self.contract.message_ids.mapped("body"))
        self.assertIn("Overhaul 16", notes)
        self.assertNotIn("Overhaul 15", notes)

    def test_renewal_begins_with_what_is_served_at_its_fee(self):
        self._amend(self.contract, self._change("remove", self.elevator, 1200.0, date(2026, 9, 16)))
        contract = self.contract.with_user(self.user_manager)
        renewal = contract._renew(date(2027, 1, 1), date(2027, 12, 31))
        self.assertEqual(renewal.scope_ids.equipment_ids, self.elevators - self.elevator)
        self.assertEqual((renewal.period_amount, renewal.amount_total), (10800.0, 129600.0))

    # ---- what people see --------------------------------------------------------------------------------

    def test_supervisor_enters_two_elevators_in_the_form(self):
        other = self._create_elevator("Elevator 12")
        amendment = self._draft_amendment(self.contract).with_user(self.user_supervisor)
        view = "property_outsourcing_amendment.outsourcing_contract_amendment_line_view_form"
        lines = self.env["outsourcing.contract.amendment.line"].with_user(self.user_supervisor)
        with Form(lines.with_context(default_amendment_id=amendment.id), view) as form:
            form.kind = "equipment_add"
            form.equipment_ids.add(self.added)
            form.equipment_ids.add(other)
            form.amount = 2400.0
            form.date = date(2026, 6, 16)
        self.assertEqual(amendment.amount_delta, 1200.0 + 6 * 2400.0)

    def test_contractor_reads_what_changes(self):
        amendment = self._approve_amendment(self.contract, self._change("remove", self.elevator, 1200.0))
        line = amendment.line_ids.with_user(self.portal_contractor)
        self.assertEqual(line.what, "Equipment removed: Elevator 3-1")
        self.assertEqual(line.new_shown, "fee per period -$1,200.00 from 2026-06-16")
        report = "property_outsourcing_amendment.report_contract_amendment_document"
        html = self.env["ir.actions.report"]._render_qweb_html(report, amendment.ids)[0].decode()
        self.assertIn("Equipment removed: Elevator 3-1", html)
