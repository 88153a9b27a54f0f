from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentFigures(AmendmentCommon):
    """Contract amount, payment rows and purchase order agree to the cent after every kind of change."""

    # ---- payment rows of works --------------------------------------------------------------------------

    def test_new_payment_row_gets_an_order_line(self):
        contract = self._create_works_contract()
        amendment = self._amend(contract, {"kind": "row_new", "name": "Extra tiles", "amount": 6480.0})
        self._assert_in_step(contract, 206480.0)
        row = contract.milestone_ids.filtered(lambda row: row.name == "Extra tiles")
        self.assertEqual((row.amount, row.date_due), (6480.0, date(2026, 12, 31)))
        self.assertEqual(
            contract.milestone_ids.sorted("sequence").mapped("amount")[:3], [60000.0, 80000.0, 60000.0]
        )
        self.assertEqual((amendment.amount_before, amendment.amount_after), (200000.0, 206480.0))
        self.assertTrue(row.project_milestone_id.id)

    def test_shares_no_longer_move_with_the_amount(self):
        contract = self._create_works_contract()
        self._amend(contract, {"kind": "row_new", "name": "A", "amount": 100.01})
        self._amend(contract, {"kind": "row_new", "name": "B", "amount": 0.02})
        self._assert_in_step(contract, 200100.03)
        self.assertFalse(any(contract.milestone_ids.mapped("percent")))

    def test_untouched_row_is_raised_and_lowered_on_its_own_line(self):
        contract = self._create_works_contract()
        row = contract.milestone_ids[1]
        self._amend(contract, {"kind": "row_amount", "milestone_id": row.id, "amount": 70000.55})
        self._assert_in_step(contract, 190000.55)
        self.assertEqual(len(row.purchase_line_ids), 1)
        self._amend(contract, {"kind": "row_delta", "milestone_id": row.id, "amount": 9999.45})
        self._assert_in_step(contract, 200000.0)
        self.assertEqual(row.purchase_line_ids.product_qty, 80000.0)

    def test_billed_line_is_never_raised_but_gets_a_delta_line(self):
        contract = self._create_works_contract()
        row = contract.milestone_ids[0]
        self._accept_row(row, 60000.0, date(2026, 4, 1), self.community)
        line = row.purchase_line_id
        self._bill(line, 60000.0)
        self._amend(contract, {"kind": "row_delta", "milestone_id": row.id, "amount": 5000.0})
        self._assert_in_step(contract, 205000.0)
        self.assertEqual(line.product_qty, 60000.0)
        self.assertEqual(row.purchase_line_ids.mapped("product_qty"), [60000.0, 5000.0])
        self._accept_row(row, 65000.0, date(2026, 7, 1), self.community)
        self._assert_in_step(contract, 205000.0)
        self.assertEqual(row.amount_to_bill, 5000.0)
        self.assertEqual(row.purchase_line_id, row.purchase_line_ids - line)
        self.assertEqual(
            row._prepare_settlement_line()["purchase_line_id"], (row.purchase_line_ids - line).id
        )

    def test_partly_billed_row_is_capped_and_the_rest_goes_to_a_delta_line(self):
        contract = self._create_works_contract()
        row = contract.milestone_ids[1]
        self._accept_row(row, 30000.0, date(2026, 4, 1), self.community)
        line = row.purchase_line_id
        self._bill(line, 20000.0)
        self._amend(contract, {"kind": "row_amount", "milestone_id": row.id, "amount": 50000.0})
        self._assert_in_step(contract, 170000.0)
        self.assertEqual(row.purchase_line_ids.mapped("product_qty"), [20000.0, 30000.0])
        self.assertEqual(row.purchase_line_ids.mapped("qty_received"), [20000.0, 10000.0])

    def test_capped_row_ends_at_what_is_accepted(self):
        contract = self._create_works_contract()
        row, untouched = contract.milestone_ids[0], contract.milestone_ids[1]
        self._accept_row(row, 12345.67, date(2026, 4, 1), self.community)
        self._amend(
            contract,
            {"kind": "row_cap", "milestone_id": row.id},
            {"kind": "row_cap", "milestone_id": untouched.id},
        )
        self._assert_in_step(contract, 72345.67)
        self.assertEqual((row.amount, row.active), (12345.67, True))
        self.assertEqual((untouched.amount, untouched.active), (0.0, False))

    def test_row_is_never_lowered_below_what_is_accepted(self):
        contract = self._create_works_contract()
        row = contract.milestone_ids[0]
        self._accept_row(row, 50000.0, date(2026, 4, 1), self.community)
        amendment = self._draft_amendment(
            contract,
            {"kind": "row_amount", "milestone_id": row.id, "amount": 49999.99},
            {"kind": "row_new", "name": "Other", "amount": 1.0},
        )
        with self.assertRaisesRegex(UserError, "50,000.00 is already accepted.*49,999.99"):
            amendment.with_user(self.user_supervisor).action_submit()
        self._assert_in_step(contract, 200000.0)
        self.assertEqual(amendment.state, "draft")

    def test_acceptance_in_between_stops_the_signature_and_nothing_is_half_saved(self):
        contract = self._create_works_contract()
        row = contract.milestone_ids[0]
        amendment = self._approve_amendment(
            contract,
            {"kind": "row_amount", "milestone_id": row.id, "amount": 10000.0},
            {"kind": "rule_remove", "rule_id": contract.rule_ids[0].id},
        )
        self._accept_row(row, 20000.0, date(2026, 6, 9), self.community)
        with self.assertRaisesRegex(UserError, "already accepted"), self.env.cr.savepoint():
            self._sign_amendment(amendment)
        self.env.invalidate_all()
        self._assert_in_step(contract, 200000.0)
        self.assertTrue(contract.rule_ids[0].active)
        self.assertEqual((amendment.state, amendment.date_signed), ("to_sign", False))

    def test_planned_date_moves_row_project_milestone_and_nothing_else(self):
        contract = self._create_works_contract()
        row = contract.milestone_ids[1]
        self._amend(contract, {"kind": "row_date", "milestone_id": row.id, "date": date(2026, 9, 30)})
        self._assert_in_step(contract, 200000.0)
        self.assertEqual(
            (row.date_due, row.project_milestone_id.sudo().deadline), (date(2026, 9, 30), date(2026, 9, 30))
        )
        self.assertEqual(row.percent, 40.0)

    # ---- periods ----------------------------------------------------------------------------------------

    def test_extension_generates_prorated_periods_with_deliverables(self):
        contract = self._create_active_contract()
        self._amend(contract, {"kind": "end_date", "date": date(2027, 2, 14)})
        self._assert_in_step(contract, 144000.0 + 12000.0 + 6000.0)
        new = contract.milestone_ids.filtered(lambda row: row.date_start > date(2026, 12, 31))
        self.assertEqual(new.mapped("name"), ["2027-01", "2027-02-01 – 2027-02-14"])
        self.assertEqual(new.mapped("amount"), [12000.0, 6000.0])
        for row in new:
            self.assertIn("Monthly test report", row.deliverable_ids.mapped("name"))
        self.assertEqual(
            (contract.date_end, contract.project_id.date), (date(2027, 2, 14), date(2027, 2, 14))
        )

    def test_extension_of_a_broken_month_gives_the_rest_of_its_fee(self):
        contract = self._create_active_contract(period_amount=1000.0, date_end=date(2026, 7, 10))
        total = contract.amount_total
        self._amend(contract, {"kind": "end_date", "date": date(2026, 7, 31)})
        self._assert_in_step(contract, 7000.0)
        self.assertEqual(contract.milestone_ids[-1].amount, round(7000.0 - total, 2))

    def test_shortening_drops_later_periods_and_prorates_the_running_one(self):
        contract = self._create_active_contract()
        may = contract.milestone_ids[4]
        self._accept_row(may, 11000.0, date(2026, 5, 31), self.community)
        self._amend(contract, {"kind": "end_date", "date": date(2026, 8, 15)})
        august = contract.milestone_ids.filtered(lambda row: row.date_start == date(2026, 8, 1))
        self.assertEqual((august.amount, august.date_end), (5806.45, date(2026, 8, 15)))
        self._assert_in_step(contract, 7 * 12000.0 + 5806.45)
        self.assertEqual((may.amount, may.amount_accepted), (12000.0, 11000.0))
        dropped = contract.with_context(active_test=False).milestone_ids - contract.milestone_ids
        self.assertEqual(len(dropped), 4)
        self.assertFalse(dropped.deliverable_ids)
        report = august.deliverable_ids.filtered(lambda item: item.term_id.recurrence == "row")
        self.assertEqual(report.date_due, date(2026, 8, 20))

    def test_shortening_never_takes_back_what_is_accepted(self):
        contract = self._create_active_contract()
        july = contract.milestone_ids[6]
        self._accept_row(july, 9000.0, date(2026, 6, 10), self.community)
        self._amend(contract, {"kind": "end_date", "date": date(2026, 6, 30)})
        self._assert_in_step(contract, 6 * 12000.0 + 9000.0)
        self.assertEqual((july.amount, july.active), (9000.0, True))

    def test_new_fee_from_a_day_on(self):
        contract = self._create_active_contract()
        self._amend(contract, {"kind": "period_fee", "amount": 15000.0, "date": date(2026, 7, 16)})
        july = contract.milestone_ids[6]
        self.assertEqual(july.amount, round(12000 * 15 / 31 + 15000 * 16 / 31, 2))
        self._assert_in_step(contract, 6 * 12000.0 + july.amount + 5 * 15000.0)
        self.assertEqual(contract.period_amount, 15000.0)
        self._amend(contract, {"kind": "end_date", "date": date(2027, 1, 31)})
        self.assertEqual(contract.milestone_ids[-1].amount, 15000.0)

    def test_new_fee_does_not_reach_back_into_an_accepted_period(self):
        contract = self._create_active_contract()
        self._accept_row(contract.milestone_ids[5], 12000.0, date(2026, 6, 10), self.community)
        amendment = self._draft_amendment(
            contract, {"kind": "period_fee", "amount": 15000.0, "date": date(2026, 6, 15)}
        )
        with self.assertRaisesRegex(UserError, "already accepted; the new fee can only begin after it"):
            amendment.with_user(self.user_supervisor).action_submit()

    def test_community_added_in_the_middle_of_the_term(self):
        contract = self._create_active_contract()
        self._amend(
            contract,
            {"kind": "community_add", "community_id": self.other_community.id, "amount": 3000.0,
             "date": date(2026, 10, 16)},
        )  # fmt: skip
        rows = contract.milestone_ids.filtered(lambda row: row.community_id == self.other_community)
        self.assertEqual(rows.mapped("amount"), [1548.39, 3000.0, 3000.0])
        self._assert_in_step(contract, 144000.0 + 7548.39)
        self.assertIn(self.other_community, contract.community_ids)

    def test_community_removed_in_the_middle_of_the_term(self):
        communities = self.community | self.other_community
        contract = self._create_active_contract(community_ids=[Command.set(communities.ids)])
        self._assert_in_step(contract, 288000.0)
        self._amend(
            contract,
            {"kind": "community_remove", "community_id": self.other_community.id, "date": date(2026, 9, 16)},
        )
        rows = contract.milestone_ids.filtered(lambda row: row.community_id == self.other_community)
        self.assertEqual(len(rows), 9)
        self.assertEqual(rows[-1].amount, 6000.0)
        self._assert_in_step(contract, 144000.0 + 8 * 12000.0 + 6000.0)

    def test_several_kinds_at_once(self):
        contract = self._create_active_contract()
        self._amend(
            contract,
            {"kind": "period_fee", "amount": 13000.0, "date": date(2026, 7, 1)},
            {"kind": "end_date", "date": date(2027, 1, 31)},
            {"kind": "row_new", "name": "Spare parts", "amount": 4321.09},
        )
        self._assert_in_step(contract, 6 * 12000.0 + 7 * 13000.0 + 4321.09)

    def test_amounts_without_tax_follow_the_same_way(self):
        contract = self._create_works_contract(tax_included=False, tax_rate=9.0)
        self._amend(contract, {"kind": "row_new", "name": "Extra", "amount": 1000.0})
        order = contract.purchase_order_id
        self.assertEqual((contract.amount_total, order.amount_untaxed), (201000.0, 201000.0))
        self.assertEqual(order.amount_total, 219090.0)

    # ---- terms ------------------------------------------------------------------------------------------

    def test_clauses_time_limits_items_and_people(self):
        contract = self._create_works_draft()
        item = self._add_item(contract)
        self._activate(contract)
        changed, removed = contract.rule_ids[0], contract.rule_ids[1]
        old_name = changed.name
        amendment = self._amend(
            contract,
            {"kind": "rule_change", "rule_id": changed.id, "rule_basis": "fixed", "rule_amount": 777.0,
             "rule_cap_period": 0.0, "rule_cap_total": 0.0},
            {"kind": "rule_remove", "rule_id": removed.id},
            {"kind": "rule_add", "name": "Noise at night", "rule_trigger": "manual", "rule_basis": "fixed",
             "rule_amount": 200.0, "rule_per": "occurrence", "rule_direction": "penalty"},
            {"kind": "sla", "sla_priority": "p0", "sla_metric": "arrival", "sla_hours": 0.5},
            {"kind": "item_change", "item_id": item.id, "price_unit": 190.0},
            {"kind": "item_add", "name": "Scaffold", "price_unit": 50.0, "quantity": 3.0,
             "uom_id": item.uom_id.id},
            {"kind": "manager", "partner_id": self.performer.id},
            {"kind": "text", "name": "Safety", "old_text": "Helmets", "new_text": "Helmets and ropes"},
        )  # fmt: skip
        self._assert_in_step(contract, 200000.0)
        self.assertEqual((changed.amount, changed.name, removed.active), (777.0, old_name, False))
        self.assertIn("Noise at night", contract.rule_ids.mapped("name"))
        every = contract.with_context(active_test=False).rule_ids
        self.assertEqual(len(set(filter(None, every.mapped("clause")))), len(every))
        term = contract.sla_ids.filtered(lambda t: (t.priority, t.metric) == ("p0", "arrival"))
        self.assertEqual(term.hours, 0.5)
        self.assertEqual((item.price_unit, item.quantity), (190.0, 100.0))
        self.assertEqual(contract.item_ids.filtered(lambda i: i.name == "Scaffold").amount, 150.0)
        self.assertEqual(contract.contractor_manager_id, self.performer)
        line = amendment.line_ids.filtered(lambda line: line.kind == "item_change")
        self.assertIn("180.00", line.old_value)
        self.assertIn("190.00", line.new_value)

    def test_old_values_stay_on_the_amendment(self):
        contract = self._create_active_contract()
        amendment = self._amend(contract, {"kind": "end_date", "date": date(2026, 12, 15)})
        self.assertEqual(
            (amendment.line_ids.old_value, amendment.line_ids.new_value), ("2026-12-31", "2026-12-15")
        )
        effect = amendment.effect_ids
        self.assertEqual((effect.amount_before, effect.amount_after), (12000.0, 5806.45))
        self.assertEqual(
            (amendment.date_end_before, amendment.date_end_after), (date(2026, 12, 31), date(2026, 12, 15))
        )

    def _bill(self, line, quantity):
        """Post a bill of the order line, past the settlement add-on's own guards."""
        vals = {**line._prepare_account_move_line(), "quantity": quantity}
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.contractor.id,
                "invoice_date": date(2026, 5, 1),
                "invoice_line_ids": [Command.create(vals)],
            }
        )
        self.env.flush_all()
        return bill
