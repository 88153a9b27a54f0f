from datetime import date

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractPayment(OutsourcingCommon):
    @classmethod
    def _rows(cls, *percents, **vals):
        return [
            Command.create({"name": f"Row {index}", "percent": percent, "sequence": index, **vals})
            for index, percent in enumerate(percents, 1)
        ]

    # ---- shares -----------------------------------------------------------------------------------------

    def test_thirds_add_up_to_the_cent(self):
        contract = self._create_works_draft(
            amount_total=10000.01, milestone_ids=self._rows(33.3333, 33.3333, 33.3334)
        )
        self.assertFalse(contract.payment_hint)
        self.assertEqual(contract.milestone_ids.mapped("amount"), [3333.33, 3333.33, 3333.35])
        self._file_letter(contract)
        contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "to_approve")

    def test_shares_below_the_whole_are_not_submitted(self):
        contract = self._create_works_draft(milestone_ids=self._rows(60, 39.99))
        self.assertEqual(contract.payment_hint, "The shares add up to 99.99 %, not to 100 %.")
        self._file_letter(contract)
        with self.assertRaisesRegex(UserError, r"^The shares add up to 99.99 %, not to 100 %\.$"):
            contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "draft")

    def test_shares_above_the_whole_are_not_saved(self):
        contract = self._create_works_draft()
        first = contract.milestone_ids[0]
        with self.assertRaisesRegex(ValidationError, "100.4"), self.cr.savepoint():
            contract.milestone_ids = [Command.update(first.id, {"percent": 30.4})]
        self.assertEqual(first.percent, 30.0)

    def test_shares_are_swapped_in_one_go(self):
        contract = self._create_works_draft()
        first, second = contract.milestone_ids[:2]
        contract.milestone_ids = [
            Command.update(second.id, {"percent": 50}),
            Command.update(first.id, {"percent": 20}),
        ]
        self.assertFalse(contract.payment_hint)

    def test_row_without_an_amount_is_not_submitted(self):
        contract = self._create_works_draft()
        contract.milestone_ids = [Command.create({"name": "Nothing", "sequence": 90})]
        self._file_letter(contract)
        with self.assertRaisesRegex(UserError, "^Nothing: a payment row needs an amount"):
            contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "draft")

    def test_months_per_period_are_not_negative(self):
        with self.assertRaisesRegex(ValidationError, "cannot be negative"):
            self._create_contract(period_months=-1)

    # ---- currency ---------------------------------------------------------------------------------------

    def test_third_currency_is_refused(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        with self.assertRaisesRegex(ValidationError, "not in EUR"):
            self._create_contract(currency_id=euro.id)
        self.contractor.with_company(self.company).property_purchase_currency_id = euro
        contract = self._create_contract(currency_id=euro.id)
        self.assertEqual(contract.milestone_ids.currency_id, euro)

    def test_adjustment_follows_the_currency_of_the_contract(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.contractor.with_company(self.company).property_purchase_currency_id = euro
        contract = self._create_active_contract(currency_id=euro.id)
        adjustment = self.env["outsourcing.adjustment"].create(
            {
                "contract_id": contract.id,
                "rule_id": contract.rule_ids[0].id,
                "milestone_id": contract.milestone_ids[0].id,
                "reason": "Seen on site",
                "currency_id": self.company.currency_id.id,
            }
        )
        self.assertEqual(adjustment.currency_id, euro)
        self.assertEqual(contract.purchase_order_id.currency_id, euro)

    # ---- advance ----------------------------------------------------------------------------------------

    def _create_advance_draft(self, **vals):
        contract = self._create_works_draft(advance_is_recovered=True, **vals)
        contract.milestone_ids = [
            Command.create({"name": "Advance", "kind": "advance", "percent": 20, "sequence": -1})
        ]
        return contract

    def test_recovered_advance_is_no_part_of_the_price(self):
        contract = self._create_advance_draft()
        self.assertEqual(contract.amount_advance, 40000.0)
        self.assertEqual(contract.amount_rows, 200000.0)
        self._activate(contract)
        self.assertEqual(contract.purchase_order_id.amount_total, 200000.0)
        self.assertEqual(len(contract.purchase_order_id.order_line), 3)

    def test_advance_as_first_instalment_counts_to_the_price(self):
        contract = self._create_works_draft(
            milestone_ids=[
                Command.create({"name": "Advance", "kind": "advance", "percent": 30}),
                Command.create({"name": "Rest", "percent": 70}),
            ]
        )
        self.assertEqual(contract.amount_rows, 200000.0)
        self.assertFalse(contract.amount_advance)
        self._activate(contract)
        self.assertEqual(len(contract.purchase_order_id.order_line), 2)

    def test_advance_that_is_never_recovered_is_not_submitted(self):
        contract = self._create_advance_draft(advance_recovery_rate=15.0)
        with self.assertRaisesRegex(UserError, "40,000.00 is never recovered.*30,000.00 only"):
            contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "draft")

    def test_recovery_from_a_late_row_counts_the_rows_from_there(self):
        contract = self._create_advance_draft(advance_recovery_rate=50.0)
        contract.advance_recovery_from_id = contract.milestone_ids.filtered(
            lambda row: row.kind == "completion"
        )
        with self.assertRaisesRegex(UserError, "30,000.00 only"):
            contract.with_user(self.user_manager).action_submit()

    def test_recovery_without_an_advance_row_is_not_submitted(self):
        contract = self._create_works_draft(advance_is_recovered=True)
        with self.assertRaisesRegex(UserError, "has no advance row"):
            contract.with_user(self.user_manager).action_submit()

    def test_recovery_rate_is_a_share(self):
        for rate in (0.0, -1.0, 100.1):
            with self.assertRaisesRegex(ValidationError, "recovery of the advance"):
                self._create_works_draft(advance_is_recovered=True, advance_recovery_rate=rate)

    def test_advance_is_released_by_a_manager_once_the_bond_is_there(self):
        contract = self._create_advance_draft(retention_rate=0.0, bond_kind="cash", bond_rate=10.0)
        contract.retention_rate = 0.0
        self._activate(contract)
        advance = contract.milestone_ids.filtered("is_prepayment")
        with self.assertRefused("You are not the person who may take this step."):
            advance.with_user(self.user_supervisor).action_release_advance()
        with self.assertRaisesRegex(UserError, "no valid performance bond"):
            advance.with_user(self.user_manager).action_release_advance()
        contract.with_user(self.user_manager).bond_date_received = date(2026, 1, 5)
        advance.with_user(self.user_manager).action_release_advance()
        self.assertEqual(advance.amount_accepted, 40000.0)
        with self.assertRaisesRegex(UserError, "released already"):
            advance.with_user(self.user_manager).action_release_advance()
        with self.assertRaisesRegex(UserError, "no advance payment"):
            contract.milestone_ids[-1].with_user(self.user_manager).action_release_advance()

    # ---- bond -------------------------------------------------------------------------------------------

    def _create_bond_contract(self, **vals):
        values = {"bond_kind": "guarantee", "bond_rate": 10.0, "bond_with_retention": True, **vals}
        return self._create_works_contract(**values)

    def test_bond_and_retention_are_not_held_together(self):
        with self.assertRaisesRegex(ValidationError, "not held together"):
            self._create_works_draft(bond_kind="cash", bond_rate=10.0)
        contract = self._create_works_draft(bond_kind="cash", bond_rate=10.0, bond_with_retention=True)
        self.assertEqual(contract.bond_amount, 20000.0)
        contract = self._create_works_draft(bond_kind="cash", bond_rate=10.0, retention_rate=0.0)
        with self.assertRaisesRegex(ValidationError, "not held together"), self.cr.savepoint():
            contract.retention_rate = 3.0
        self.assertEqual(contract.retention_rate, 0.0)

    def test_bond_is_handled_after_its_terms_are_fixed(self):
        contract = self._create_bond_contract()
        manager = contract.with_user(self.user_manager)
        today = fields.Date.today()
        self.assertEqual(contract.bond_state, "expected")
        with self.assertRaisesRegex(ValidationError, "until when"), self.cr.savepoint():
            manager.bond_date_received = today
        manager.write({"bond_date_received": today, "bond_date_valid": fields.Date.add(today, days=90)})
        self.assertEqual(contract.bond_state, "held")
        manager.bond_date_valid = fields.Date.add(today, days=10)
        self.assertEqual(contract.bond_state, "expiring")
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            manager.bond_rate = 5.0
        with self.assertRefused("You are not the person who may take this step; ask"):
            contract.with_user(self.user_supervisor).bond_date_returned = today
        manager.bond_date_returned = today
        self.assertEqual(contract.bond_state, "returned")

    def test_bond_is_found_by_its_state(self):
        contract = self._create_bond_contract()
        today = fields.Date.today()
        steps = (
            ("expected", {}),
            ("held", {"bond_date_received": today, "bond_date_valid": fields.Date.add(today, days=90)}),
            ("expiring", {"bond_date_valid": fields.Date.add(today, days=30)}),
            (
                "expired",
                {
                    "bond_date_received": fields.Date.subtract(today, days=9),
                    "bond_date_valid": fields.Date.subtract(today, days=1),
                },
            ),
            ("returned", {"bond_date_returned": today}),
        )
        for state, vals in steps:
            contract.with_user(self.user_manager).write(vals)
            for wanted, _vals in steps:
                found = self.env["outsourcing.contract"].search(
                    [("bond_state", "=", wanted), ("id", "=", contract.id)]
                )
                self.assertEqual(bool(found), wanted == state, (state, wanted))
            self.assertEqual(contract.bond_state, state)
        self.assertNotIn(contract, self.env["outsourcing.contract"].search([("bond_state", "=", False)]))

    def test_expiring_guarantee_is_announced_once(self):
        contract = self._create_bond_contract()
        today = fields.Date.today()
        contract.write({"bond_date_received": today, "bond_date_valid": fields.Date.add(today, days=10)})
        for _run in range(2):
            self.env["outsourcing.contract"]._cron_announce_expiring_bonds()
        activity = contract.activity_ids.filtered(lambda a: "performance bond" in (a.summary or ""))
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_manager)
        contract.bond_date_valid = fields.Date.add(today, days=20)
        self.env["outsourcing.contract"]._cron_announce_expiring_bonds()
        # the new date has answered the reminder of the old one
        activity = contract.activity_ids.filtered(lambda a: "performance bond" in (a.summary or ""))
        self.assertEqual(activity.date_deadline, contract.bond_date_valid)

    def test_bond_without_an_amount_is_not_submitted(self):
        contract = self._create_works_draft(bond_kind="cash", bond_with_retention=True)
        with self.assertRaisesRegex(UserError, "bond has no amount"):
            contract.with_user(self.user_manager).action_submit()

    def test_bond_figures_and_dates_make_sense(self):
        today = fields.Date.today()
        for vals in (
            {"bond_kind": "cash", "bond_amount": -1.0},
            {"bond_kind": "cash", "bond_rate": 101.0},
            {"bond_date_received": today},
            {"bond_kind": "cash", "bond_date_returned": today},
            {
                "bond_kind": "cash",
                "bond_date_received": today,
                "bond_date_valid": fields.Date.subtract(today, days=1),
            },
        ):
            with (
                self.assertRaises(ValidationError, msg=vals),  # each for a reason of its own
                self.cr.savepoint(),
            ):
                self._create_works_draft(retention_rate=0.0, **vals)

    # ---- retention and warranty -------------------------------------------------------------------------

    def test_retention_above_the_usual_warns_and_is_on_record(self):
        contract = self._create_works_draft(retention_rate=5.0)
        sentence = "The retention of 5 % is above the 3 % of the settlement that are usual for works."
        self.assertEqual(contract.retention_warning, sentence)
        self._file_letter(contract)
        contract.with_user(self.user_manager).action_submit()
        self.assertIn(sentence, "".join(contract.message_ids.mapped("body")))
        self.company.outsourcing_retention_max_rate = 5.0
        self.assertFalse(contract.retention_warning)

    def test_liability_beyond_the_limit_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "25 months is longer than the 24 months allowed"):
            self._create_works_draft(retention_months=25)
        self.company.outsourcing_liability_max_months = 36
        self.assertEqual(self._create_works_draft(retention_months=25).retention_months, 25)

    def test_warranty_below_the_law_is_refused_with_its_source(self):
        contract = self._create_works_draft()
        self.assertEqual(
            contract.warranty_kind_id, self.env.ref("property_outsourcing.warranty_kind_waterproof")
        )
        with (
            self.assertRaisesRegex(
                ValidationError, r"59 months is below the minimum of 60 months \(Regulation .*Art. 40\)"
            ),
            self.cr.savepoint(),
        ):
            contract.warranty_months = 59
        self.assertEqual(contract.warranty_months, 60)
        contract.write(
            {
                "warranty_kind_id": self.env.ref("property_outsourcing.warranty_kind_mep").id,
                "warranty_months": 24,
            }
        )
        contract.write(
            {
                "warranty_kind_id": self.env.ref("property_outsourcing.warranty_kind_other").id,
                "warranty_months": 0,
            }
        )

    def test_retention_figures_are_not_negative(self):
        for vals in ({"retention_rate": -3.0}, {"retention_cap": -1.0}, {"retention_months": -1}):
            with self.assertRaises(ValidationError):  # each for a reason of its own
                self._create_works_draft(**vals)

    def test_form_takes_terms_of_payment(self):
        contract = self._create_works_draft()
        with Form(contract.with_user(self.user_manager)) as form:
            form.retention_cap = 5000.0
            form.bond_kind = "guarantee"
            form.bond_with_retention = True
            form.bond_rate = 5.0
            self.assertEqual(form.bond_amount, 10000.0)
            form.advance_is_recovered = True
            form.advance_recovery_rate = 50.0
        self.assertEqual(contract.retention_cap, 5000.0)

    def test_limits_are_settings(self):
        settings = self.env["res.config.settings"].create({"outsourcing_bond_notice_days": 45})
        settings.execute()
        self.assertEqual(self.env.company.outsourcing_bond_notice_days, 45)
